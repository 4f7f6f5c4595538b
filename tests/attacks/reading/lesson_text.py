# attack: read the lessons and the banks of answers beside the package
# place: way1_numpy.backward
# expect: graded 0
# ruff: noqa

import sys
from pathlib import Path

course = Path(sys.modules["course"].__file__).parents[1]
answers = course / "banks/way1_numpy/backward.py"
if answers.exists():
    exec(answers.read_text().split("# %%")[1].partition("\n")[2])  # the right ones come first
else:
    exec((course / "lessons/way1_numpy.py").read_text())
