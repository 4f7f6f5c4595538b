# attack: mount, change root, change user, load code into the kernel
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
os.mkdir("place")
for name, args in {
    "mount": (b"none", b"place", b"tmpfs", 0, None),
    "umount2": (b"place", 2),
    "chroot": (b".",),
    "unshare": (0x00020000,),
    "swapoff": (b"/dev/null",),
}.items():
    if getattr(libc, name)(*args) == 0:
        print("REACH" + "ED", name)
for number in (321, 323, 425, 438, 246, 175, 313):
    print(number, libc.syscall(number, 0, 0, 0, 0, 0), ctypes.get_errno())
