# attack: fill the pipe to the guard
# place: way1_numpy last
# expect: crashed 0
# ruff: noqa

import os

for _ in range(200):
    for fd in range(3, 16):
        try:
            os.write(fd, bytes(2**20))
        except OSError:
            pass
