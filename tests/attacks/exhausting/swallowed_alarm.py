# attack: catch the alarm again and again
# place: way1_numpy last
# expect: timed_out 0
# ruff: noqa

import time

until = time.monotonic() + 60
while time.monotonic() < until:
    try:
        time.sleep(60)
    except BaseException:
        pass
