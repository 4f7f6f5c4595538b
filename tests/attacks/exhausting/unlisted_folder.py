# attack: hundreds of megabytes in a folder that nobody may list
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import time

os.mkdir("deep")
os.mkdir("deep/folder", 0o300)
for i in range(30):
    with open(f"deep/folder/{i}", "wb") as file:
        file.write(bytes(10 * 2**20))
    time.sleep(0.05)
print("REACH" + "ED")
