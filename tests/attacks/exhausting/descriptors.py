# attack: open files until no descriptor is left
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

held = []
while True:
    held.append(os.open("/dev/null", os.O_RDONLY))
