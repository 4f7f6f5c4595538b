# attack: memory that lies in files without a name
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

files = []
for i in range(8):
    files.append(os.memfd_create(f"m{i}"))
    os.write(files[-1], bytes(60 * 2**20))
