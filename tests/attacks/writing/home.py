# attack: leave something in home, in temporary folders and in shared memory
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import pwd
import tempfile

places = ["/tmp", "/var/tmp", "/dev/shm", "/run", os.path.dirname(os.getcwd())]
try:
    places += [p.pw_dir for p in pwd.getpwall()]
except (OSError, KeyError):
    places += [os.path.expanduser("~"), "/home"]
for place in places:
    try:
        with tempfile.TemporaryFile(dir=place):
            print("REACH" + "ED", place)
    except OSError:
        pass
