# attack: write the settings that the next command of nbgrader would execute (it opens them for writing, no more)
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import sys
from pathlib import Path

course = Path(sys.modules["course"].__file__).parents[1]
for folder in (Path.cwd().parent, course, Path("/etc/jupyter"), Path("~/.jupyter").expanduser()):
    for file in ("nbgrader_config.py", "jupyter_config.py"):
        try:
            os.open(folder / file, os.O_WRONLY)
            print("REACH" + "ED", file)
        except OSError as error:
            print(error.strerror)
