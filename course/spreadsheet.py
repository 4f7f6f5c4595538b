"""Write tables as CSV for spreadsheet programs, so that text chosen by students is never evaluated as a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

# What a formula begins with, also in fullwidth form (such as U+FF1D); some programs ignore blanks before it.
FORMULA = ("=", "+", "-", "@")


def as_text(cell: object) -> object:
    """Return a cell's value, with an apostrophe before text that would be a formula; numbers stay numbers."""
    if not isinstance(cell, str) or _is_number(cell):
        return cell
    starts = unicodedata.normalize("NFKC", cell).lstrip().startswith(FORMULA)
    return f"'{cell}" if starts else cell


def as_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV in UTF-8, the first one with the column names; None is an empty cell."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([as_text(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8", "backslashreplace")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
