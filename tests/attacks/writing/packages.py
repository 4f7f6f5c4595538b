# attack: leave code in the packages of this Python (a file that is gone once it is closed)
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import site
import sys
import tempfile

for folder in [*site.getsitepackages(), site.getusersitepackages(), *sys.path]:
    if folder and os.path.isdir(folder) and not os.getcwd().startswith(folder):
        try:
            with tempfile.TemporaryFile(dir=folder):
                print("REACH" + "ED", folder)
        except OSError:
            pass
