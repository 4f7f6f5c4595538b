# attack: send an answer for an exercise whose turn it is not
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import os
import struct
import sys

inside = sys.modules["course.runner"]
blob = inside.pack_answers([inside.Answer()])
for place in range(20):
    body = str(place).encode().ljust(16) + b"[%d]\n" % len(blob) + blob
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("<BI", 4, len(body)) + body)
        except OSError:
            pass
