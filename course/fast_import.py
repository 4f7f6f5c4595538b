"""Let nbformat be imported a second sooner. The packages whose modules need it import this first.

nbformat imports jsonschema, which imports `rfc3987_syntax` to check international addresses if that is installed: a
grammar is built for a second. Notebooks have no such addresses.
"""

import sys
from types import ModuleType

sys.modules.setdefault("rfc3987_syntax", ModuleType("rfc3987_syntax"))
