"""Let nbformat be imported a second sooner. The packages whose modules need it import this first.

`python -m course.fast_import nbgrader …` runs another program so.

nbformat imports jsonschema, which imports `rfc3987_syntax` to check international addresses if that is installed: a
grammar is built for a second. Notebooks have no such addresses.
"""

import sys
from types import ModuleType

sys.modules.setdefault("rfc3987_syntax", ModuleType("rfc3987_syntax"))

if __name__ == "__main__":
    import runpy  # nobody else needs it

    sys.argv.pop(0)
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
