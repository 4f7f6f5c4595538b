# attack: keep the guard busy with well-formed messages
# place: way1_numpy last
# expect: crashed 0
# ruff: noqa

import os
import struct
import time

until = time.monotonic() + 30
while time.monotonic() < until:
    for fd in range(3, 8):
        try:
            os.write(fd, struct.pack("<BI", 2, 1) + b"0")
        except OSError:
            pass
