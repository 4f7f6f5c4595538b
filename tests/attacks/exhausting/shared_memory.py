# attack: two gigabytes of shared memory, which is nobody's own
# place: way1_numpy last
# expect: out_of_memory 0
# ruff: noqa

import mmap

blocks = [mmap.mmap(-1, 256 * 2**20) for _ in range(8)]
for block in blocks:
    for i in range(0, len(block), 4096):
        block[i] = 1
