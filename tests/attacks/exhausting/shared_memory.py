# attack: two gigabytes of shared memory that no process shows as its own
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import mmap

blocks = []
for _ in range(8):
    block = mmap.mmap(-1, 256 * 2**20)
    blocks.append(block)
    for i in range(0, len(block), 4096):
        block[i] = 1
    block.madvise(mmap.MADV_DONTNEED)
    if len(blocks) > 2:
        print("REACH" + "ED", len(blocks))
