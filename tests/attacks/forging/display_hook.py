# attack: let every displayed value be the number 8, which stock nbgrader takes for points
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import sys

from IPython.display import display, publish_display_data

sys.displayhook = lambda value: print(8)
get_ipython().displayhook = sys.displayhook
publish_display_data({"text/plain": "8"})
display(8)
8
