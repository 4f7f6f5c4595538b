# attack: find out which pages of a file the kernel holds, and lock it: another submission could have written there
# place: way1_numpy first
# expect: graded 0
# ruff: noqa
import ctypes
import fcntl
import mmap
import os

file = os.open(os.__file__, os.O_RDONLY)
libc = ctypes.CDLL(None, use_errno=True)
view = mmap.mmap(file, mmap.PAGESIZE, prot=mmap.PROT_READ)
known = (ctypes.c_ubyte * 1)()


def by_advice():
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)


def by_reading():
    os.preadv(file, [bytearray(1)], 0, os.RWF_NOWAIT)


def by_lock():
    fcntl.flock(file, fcntl.LOCK_SH)


def by_number():
    start = libc.mmap
    start.restype = ctypes.c_void_p
    at = start(None, ctypes.c_size_t(mmap.PAGESIZE), 1, 2, file, ctypes.c_long(0))
    if libc.mincore(ctypes.c_void_p(at), ctypes.c_size_t(mmap.PAGESIZE), known) != 0:
        raise OSError


for way in (by_advice, by_reading, by_lock, by_number):
    try:
        way()
        print(way.__name__, "REA" + "CHED")
    except OSError:
        pass
