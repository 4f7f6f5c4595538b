"""Speed up the import of nbformat by a second. Packages whose modules need nbformat import this first.

`python -m course.fast_import nbgrader …` runs another program this way.

nbformat imports jsonschema, which imports `rfc3987_syntax`, if installed, to check international addresses (IRIs): that
takes a second to build a grammar. Notebooks have no such addresses, so an empty module takes its place.
"""

import sys
from types import ModuleType

sys.modules.setdefault("rfc3987_syntax", ModuleType("rfc3987_syntax"))

if __name__ == "__main__":
    import runpy  # needed only here

    sys.argv.pop(0)
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
