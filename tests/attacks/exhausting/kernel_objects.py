# attack: locks on parts of files, watches, rules of Landlock: each is the kernel's memory and nobody's
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import fcntl
import os

libc = ctypes.CDLL(None, use_errno=True)
with open("locked", "w") as file:
    for command, name in (("lockf", fcntl.LOCK_EX), ("lockf", fcntl.LOCK_EX | fcntl.LOCK_NB)):
        try:
            for i in range(100):
                getattr(fcntl, command)(file, name, 1, 2 * i)
            print("REACH" + "ED", command)
        except OSError as error:
            print(error)
    for command in (37 + 2**32, 6 + 2**32, 1026):  # the kernel looks at the lower half of a command only
        lock = (ctypes.c_uint64 * 4)(1, 0, 1, 0)
        if libc.syscall(72, file.fileno(), ctypes.c_uint64(command), ctypes.byref(lock)) == 0:
            print("REACH" + "ED", command)
for name in ("inotify_init", "inotify_init1", "fanotify_init"):
    if getattr(libc, name)(0, 0) >= 0:
        print("REACH" + "ED", name)
rules = (ctypes.c_uint64 * 2)(0, 3)
if libc.syscall(444, ctypes.byref(rules), 16, 0) >= 0:
    print("REACH" + "ED", "Landlock")
context = ctypes.c_uint64(0)
if libc.syscall(206, 60000, ctypes.byref(context)) == 0:
    print("REACH" + "ED", "io_setup")
