# attack: write a message of one's own to the guard: a transcript in which all is well
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import json
import os
import struct

claim = json.dumps({"status": "done", "cells": {}, "answers": {}, "resources": {}, "score": 20}).encode()
for fd in range(3, 64):
    try:
        os.write(fd, struct.pack("<BI", 5, len(claim)) + claim)
    except OSError:
        pass
