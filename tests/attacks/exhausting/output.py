# attack: print three hundred megabytes
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

line = "x" * 2**20
for _ in range(300):
    print(line)
os.write(1, b"x" * 2**20)
