# attack: an answer with millions of braces before its numbers
# place: way1_numpy.forward
# expect: crashed 0
# ruff: noqa

import os
import struct

head = b'{"__metadata__":{"json":"[]"},"more":[' + b"{}," * (6 * 2**20) + b"{}]}"
frame = struct.pack("<Q", len(head)) + head


def forward(x, w1, w2):
    for fd in range(3, 12):
        message = memoryview(struct.pack("<BI", 4, len(frame)) + frame)
        try:
            while message:
                message = message[os.write(fd, message) :]
        except OSError:
            pass
    return x, x, x
