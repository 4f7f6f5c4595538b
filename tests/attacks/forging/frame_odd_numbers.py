# attack: send places that are no places: NaN, infinity, a negative number, a list
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import os
import struct

for body in (b"-1", b"NaN", b"Infinity", b"[1]", b"1e400", b"true", b"9" * 5000, b"[" * 100_000):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("<BI", 2, len(body)) + body)
        except OSError:
            pass
