# attack: let the package's own loader read the files
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import sys

loader = sys.modules["course"].__spec__.loader
folder = sys.modules["course"].__path__[0]
for name in ("exercises/two_layer.py", "exercises/way1_numpy.py", "../lessons/way1_numpy.py"):
    print(loader.get_data(f"{folder}/{name}").decode())
