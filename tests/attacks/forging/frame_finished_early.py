# attack: report the cell as finished, and leave before the questions come
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import json
import os
import struct

body = json.dumps([0, {"status": "done", "text": "8 of 8", "error": ""}]).encode()
for fd in range(3, 64):
    try:
        os.write(fd, struct.pack("<BI", 3, len(body)) + body)
    except OSError:
        pass
os._exit(0)
