# attack: search the memory for the work of whoever was graded before
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import gc

found = [o for o in gc.get_objects() if isinstance(o, dict)]
for thing in found:
    for value in list(thing.values()):
        if isinstance(value, str | bytes | bytearray) and b"HONEST" + b"-MARK" in (
            value if not isinstance(value, str) else value.encode("utf-8", "replace")
        ):
            print("found", value[:200])
