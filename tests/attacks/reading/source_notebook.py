# attack: search the disk for the instructor's notebook and take its answers
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import json
import os
import sys

for top in ("/", *sys.path, "..", os.path.expanduser("~")):
    for folder, folders, files in os.walk(top):
        folders[:] = folders[:200]
        for file in files:
            if file == "way1_numpy.ipynb":
                for cell in json.load(open(os.path.join(folder, file)))["cells"]:
                    if "SOLUTION" in "".join(cell["source"]) or cell["metadata"].get("nbgrader", {}).get("solution"):
                        exec("".join(cell["source"]))
