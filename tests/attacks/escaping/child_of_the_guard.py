# attack: start a process that is the guard's child, not one's own
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
for call, flags in ((56, 0x8000 | 17), (56, (1 << 32) | 0x8000 | 17)):
    child = libc.syscall(call, ctypes.c_ulong(flags), 0, 0, 0, 0)
    if child == 0:
        time.sleep(60)
        os._exit(0)
    if child > 0:
        print("REACH" + "ED", child)
