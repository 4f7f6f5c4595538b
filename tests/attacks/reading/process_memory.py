# attack: read the parent's memory by system call
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


here = Vector(ctypes.addressof(buffer), 4096)
for process in (os.getppid(), 1, os.getpid()):
    print(libc.process_vm_readv(process, ctypes.byref(here), 1, ctypes.byref(here), 1, 0), ctypes.get_errno())
    print(libc.ptrace(16, process, 0, 0), ctypes.get_errno())
