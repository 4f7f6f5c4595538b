# attack: sleep for a minute and ignore every signal
# place: way1_numpy last
# expect: timed_out 0
# ruff: noqa

import signal
import time

for number in range(1, 64):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
time.sleep(60)
