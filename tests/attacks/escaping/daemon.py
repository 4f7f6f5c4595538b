# attack: leave a daemon behind
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 256)
        time.sleep(60)
    os._exit(0)
