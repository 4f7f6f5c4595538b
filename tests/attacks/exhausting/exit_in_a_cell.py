# attack: leave quietly in the middle of the notebook
# place: way1_numpy first
# rest: right
# expect: crashed 20
# ruff: noqa

import os

os._exit(0)
