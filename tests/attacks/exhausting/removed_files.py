# attack: three hundred megabytes of files without a name
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

kept = []
for i in range(30):
    file = open("file", "wb")
    kept.append(file)
    os.unlink("file")
    file.write(bytes(10 * 2**20))
    file.flush()
