# attack: look through memory that was freed for traces of others
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import re

blocks = [bytearray(1) * 0 for _ in range(10)]
for size in (2**k for k in range(6, 24)):
    import numpy as np

    block = np.empty(size, dtype=np.uint8).tobytes()
    for hit in re.findall(b"HONEST" + b"-MARK.{0,80}", block):
        print("found", hit)
