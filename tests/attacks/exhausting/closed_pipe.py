# attack: close the way to the guard, and go on
# place: way1_numpy last
# expect: timed_out 0
# ruff: noqa

import os
import signal
import time

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
os.closerange(3, 256)
time.sleep(600)
