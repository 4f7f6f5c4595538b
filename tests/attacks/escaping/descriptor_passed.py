# attack: get descriptors of other processes
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for process in (os.getppid(), 1):
    pidfd = libc.syscall(434, process, 0)
    print(pidfd, [libc.syscall(438, pidfd, fd, 0) for fd in range(8)])
