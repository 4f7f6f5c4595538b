# attack: open the gradebook wherever it may lie
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import sqlite3

for folder in (".", "..", "../..", os.path.expanduser("~"), "/tmp", os.environ.get("PWD", "/")):
    for file in ("gradebook.db", ".course/grading/run.json"):
        path = os.path.join(folder, file)
        if os.path.exists(path):
            print("REACH" + "ED", sqlite3.connect(path).execute("select * from grade").fetchall())
