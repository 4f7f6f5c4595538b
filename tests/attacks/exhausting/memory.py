# attack: two gigabytes of memory, touched
# place: way1_numpy last
# expect: out_of_memory 0
# ruff: noqa

blocks = []
for _ in range(64):
    blocks.append(bytearray(32 * 2**20))
