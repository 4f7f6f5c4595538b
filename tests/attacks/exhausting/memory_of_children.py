# attack: the memory of many processes, each below its limit
# place: way1_numpy last
# expect: out_of_memory 0
# ruff: noqa

import os
import time

for _ in range(8):
    if os.fork() == 0:
        block = bytearray(128 * 2**20)
        time.sleep(30)
        os._exit(0)
time.sleep(30)
