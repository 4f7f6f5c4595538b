"""Tables as CSV, for a spreadsheet program: what students chose is text in them and computes nothing there."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

# What a formula begins with, also in its wide form (U+FF1D); some programs pass over blanks before it.
FORMULA = ("=", "+", "-", "@")


def as_text(cell: object) -> object:
    """Return what stands in a cell, with an apostrophe before a text that would be a formula; numbers stay numbers."""
    if not isinstance(cell, str) or _is_number(cell):
        return cell
    starts = unicodedata.normalize("NFKC", cell).lstrip().startswith(FORMULA)
    return f"'{cell}" if starts else cell


def as_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Write rows as CSV in UTF-8, the first one with the names of the columns; None is an empty cell."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([as_text(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8", "backslashreplace")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
