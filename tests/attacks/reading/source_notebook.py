# attack: search the disk for the instructor's notebook and take its answers
# place: way1_numpy.backward
# expect: graded 0
# ruff: noqa

import json
import os
import sys

course = os.path.dirname(os.path.dirname(sys.modules["course"].__file__))
for top in (course + "/source", "/", *sys.path, "..", os.path.expanduser("~")):
    for folder, folders, files in os.walk(top):
        folders[:] = [f for f in folders[:100] if f not in ("proc", "sys")]
        for file in files:
            if file == "way1_numpy.ipynb" and "backward" not in globals():
                for cell in json.load(open(os.path.join(folder, file)))["cells"]:
                    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "backward":
                        exec("".join(cell["source"]))
