# attack: register what runs when the process ends, and end it
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import atexit
import os

atexit.register(lambda: os.write(1, b"20"))
raise_later = type("Later", (), {"__del__": lambda self: print(20)})()
os._exit(0)
