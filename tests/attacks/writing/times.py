# attack: change times and rights of files outside (to what they are)
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import sys

for path in ("/tmp", os.path.dirname(os.getcwd()), sys.modules["course"].__file__, "/etc/hosts", "/usr/bin"):
    for change in (lambda p: os.utime(p), lambda p: os.chmod(p, os.stat(p).st_mode & 0o7777)):
        try:
            change(path)
            print("REACH" + "ED", path)
        except OSError:
            pass
