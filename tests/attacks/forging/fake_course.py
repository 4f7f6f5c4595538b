# attack: put another package in the place of the course
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import sys
import types

fake = types.ModuleType("course")
fake.start = lambda *_: lambda *_: None
fake.same_draw = lambda: (1, 2, 3, 4)
for name in [n for n in sys.modules if n.partition(".")[0] == "course"]:
    sys.modules[name] = fake
