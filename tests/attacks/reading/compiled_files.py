# attack: read the compiled files of the package
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import importlib.util
import marshal
import sys
from pathlib import Path

for name in ("lessons/two_layer.py", "judging/judge.py"):
    file = Path(sys.modules["course"].__path__[0]) / name
    print(marshal.loads(Path(importlib.util.cache_from_source(str(file))).read_bytes()[16:]))
