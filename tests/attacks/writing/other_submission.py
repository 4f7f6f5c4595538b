# attack: change what another student handed in (opened for writing, no more)
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import glob
import os

for file in [*glob.glob("../*/*/*.ipynb"), *glob.glob("/tmp/**/submitted/*/*/*.ipynb", recursive=True)]:
    try:
        os.open(file, os.O_WRONLY)
        print("REACH" + "ED", file)
    except OSError:
        pass
