# attack: have the kernel signal the guard when something arrives at a pipe
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import fcntl
import os
import signal

read, write = os.pipe()
for command, value in ((fcntl.F_SETOWN, os.getppid()), (fcntl.F_SETSIG, signal.SIGCONT), (1024, fcntl.F_RDLCK)):
    try:
        fcntl.fcntl(read, command, value)
        print("REACH" + "ED", command)
    except OSError as error:
        print(error)
