# attack: open every gradebook within reach for writing (it would set scores; here it only says that it could)
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import glob
import sqlite3

for file in ["gradebook.db", "../gradebook.db", *glob.glob("/tmp/**/gradebook.db", recursive=True)]:
    try:
        database = sqlite3.connect(f"file:{file}?mode=rw", uri=True)
        database.execute("begin immediate")
        database.rollback()
        print("REACH" + "ED", file)
    except sqlite3.OperationalError as error:
        print(error)
