# attack: read from every descriptor that is open
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import fcntl
import os

for fd in range(1024):
    try:
        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK)
        print(fd, os.fstat(fd), os.read(fd, 100_000))
    except OSError:
        pass
