"""Read a CSV file from another program, and replace cells while every other byte stays the same."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course.errors import course_error

# A gradebook with thousands of students has a few megabytes.
MAX_BYTES = 64 * 2**20
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.I)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Cell:
    """A cell, and its position in the file's text, quotation marks included."""

    text: str
    start: int = 0
    end: int = 0
    is_quoted: bool = False


class CsvFile:
    """The rows of a CSV file.

    Python's csv reader reports neither the position of a cell nor its quotation marks. What is not UTF-16 is parsed
    byte by byte (as Latin-1): the separators are ASCII in every encoding that such files use.

    Raises CourseError if the file is unreadable, too large or not CSV; `rows` does for an unclosed quotation mark.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise course_error("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None
        if len(data) > MAX_BYTES:
            raise course_error(
                "{path} is larger than {n} MiB: that cannot be a gradebook.", path=path, n=MAX_BYTES // 2**20
            )
        if data.startswith(b"PK\x03\x04"):
            raise course_error(
                "{path} is not a CSV file but a spreadsheet or an archive: download it as CSV.", path=path
            )
        self._codec = UTF_16.get(data[:2], "latin-1")
        try:
            self._text = data.decode(self._codec, "surrogatepass")
        except UnicodeDecodeError:
            raise course_error("{path} is incomplete UTF-16 text: download it again.", path=path) from None
        self._is_utf_8 = self._codec == "latin-1" and _is_utf_8(data)
        self._begin = 1 if self._codec != "latin-1" else 3 * data.startswith(codecs.BOM_UTF8)
        if said := _SEPARATOR.match(self._text, self._begin):  # a line that Excel reads
            self._begin, self.separator = said.end(), said[1]
        else:
            unquoted = re.sub(r'"[^"]*+"', "", self._text[self._begin :])
            self.separator = max(",;\t", key=re.split(r"[\r\n]", unquoted, maxsplit=1)[0].count)

    @property
    def header(self) -> list[str]:
        return [cell.text for cell in self.rows[0]] if self.rows else []

    @cached_property
    def rows(self) -> list[list[Cell]]:
        stop = re.escape(self.separator) + r"\r\n"
        pattern = re.compile(
            rf'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?!"))(?P<bare>[^{stop}]*+)(?P<end>\r\n|[{stop}]|)'
        )
        rows: list[list[Cell]] = []
        at, row = self._begin, list[Cell]()
        while at < len(self._text) or row:
            found = pattern.match(self._text, at)
            if not found:
                line = self._text.count("\n", 0, at) + 1
                raise course_error(
                    "{path}, line {line}: a quotation mark is not closed; download the file again.",
                    path=self.path,
                    line=line,
                )
            quoted = found["quoted"]
            text = (quoted or "").replace('""', '"') + found["bare"]
            row.append(Cell(self._decoded(text), at, found.start("end"), quoted is not None))
            if found["end"] != self.separator:
                rows.append(row)
                row = []
            at = found.end()
            if found["end"] == "":
                break
        return rows

    def _decoded(self, text: str) -> str:
        if self._codec != "latin-1":
            return text
        return text.encode("latin-1").decode("utf-8" if self._is_utf_8 else "cp1252", "replace")

    def with_cells(self, values: Mapping[tuple[int, int], str]) -> bytes:
        """Return the file's bytes with some cells replaced, by row and column; all other bytes are unchanged.

        values: ASCII text. A cell keeps its quotation marks, and gets some if its value needs them.
        """
        pieces, at = [], 0
        for row, column in sorted(values):
            cell, value = self.rows[row][column], values[row, column]
            if cell.is_quoted or re.search(rf'["\r\n{re.escape(self.separator)}]', value):
                value = '"' + value.replace('"', '""') + '"'
            pieces += [self._text[at : cell.start], value]
            at = cell.end
        return "".join([*pieces, self._text[at:]]).encode(self._codec, "surrogatepass")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def number_in(text: str) -> float | None:
    """Return the number in a cell, written with a decimal point or comma; None for anything else."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def shown_like(value: float, others: list[str]) -> str:
    """Format a number like those in other cells: with their decimal mark, and padded to their decimals, two at most."""
    numbers = [text.strip() for text in others if number_in(text) is not None]
    decimals = max((len(re.split("[.,]", n)[1]) for n in numbers if re.search("[.,]", n)), default=0)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if decimals:
        whole, _, part = text.partition(".")
        text = f"{whole}.{part.ljust(min(decimals, 2), '0')}"
    return text.replace(".", ",") if any("," in n for n in numbers) else text
