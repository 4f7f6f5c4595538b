# attack: read the lessons and the banks of answers beside the package
# place: way1_numpy.backward
# expect: graded 0
# ruff: noqa

import sys
from pathlib import Path

course = Path(sys.modules["course"].__file__).parents[1]
for file in sorted(course.glob("banks/right/way1_numpy/backward/*.py")) or [course / "lessons/way1_numpy.py"]:
    exec(file.read_text())
