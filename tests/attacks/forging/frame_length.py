# attack: announce a message of four gigabytes
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import os

for fd in range(3, 64):
    try:
        os.write(fd, b"\x03\xff\xff\xff\xff")
    except OSError:
        pass
