# attack: make namespaces of one's own, in which one is root again
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for flags in (0x10000000, 0x10020000, 0x40000000, 0x20000000):
    print(libc.unshare(flags), ctypes.get_errno())
    child = libc.syscall(56, flags | 17, 0, 0, 0, 0)
    if child == 0:
        libc._exit(0)
    print(child, ctypes.get_errno())
