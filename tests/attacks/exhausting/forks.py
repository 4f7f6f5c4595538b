# attack: three hundred processes, each of which forks
# place: way1_numpy last
# expect: too_many_processes|graded 0
# (the kernel bounds the number of processes of an ordinary user; of root only the guard does)
# ruff: noqa

import os
import time

made = 0
until = time.monotonic() + 20
while made < 300 and time.monotonic() < until:
    made += 1
    try:
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
    except OSError:
        time.sleep(0.05)
time.sleep(30)
