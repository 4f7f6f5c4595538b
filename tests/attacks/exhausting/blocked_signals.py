# attack: block all signals and compute for a minute
# place: way1_numpy last
# expect: timed_out 0
# ruff: noqa

import signal
import time

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
until = time.monotonic() + 60
while time.monotonic() < until:
    pass
