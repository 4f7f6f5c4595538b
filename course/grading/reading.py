"""Read a submitted notebook file, within bounded memory and with a reason if it is not a notebook."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from course.language import later, say

# Including outputs, which are not used, and skipped before anything is parsed.
MAX_FILE_BYTES = 256 * 2**20
# Without outputs. The release notebooks have some tens of kilobytes; an editor's metadata may double that.
MAX_BYTES = 8 * 2**20
# Parsed JSON takes up to a hundred times the size of its text if that is all braces.
MAX_BRACES = 200_000
# Brackets in skipped outputs, such as the nested lists of drawn maps: skipping each takes a step.
MAX_NESTED = 3_000_000
MAX_CELLS = 2000
# Code and prose. A long notebook of a diligent student has 0.1 MiB.
MAX_TEXT_BYTES = 4 * 2**20
MIB = 2**20
# Flags for opening a submitted file; not every system has every flag.
PLAIN = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_UNUSED = rb'"(?:outputs|attachments|widgets)"\s*+:\s*+(?=[\[{])'
_UP_TO_UNUSED = re.compile(rb'(?:[^"]++|(?!' + _UNUSED + rb")" + _STRING + rb")*+", re.S)
_KEY = re.compile(_UNUSED)
_TEXT = re.compile(_STRING, re.S)
_UP_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|' + _STRING + rb")*+", re.S)

_OTHER_FORMATS = {
    b"PK\x03\x04": later("the file is not a notebook; it is a zip archive: unpack it and hand in what is inside"),
    b"%PDF": later("the file is not a notebook; it is a PDF"),
    b"\x89PNG": later("the file is not a notebook; it is a picture"),
    b"\xff\xd8\xff": later("the file is not a notebook; it is a picture"),
    b"\x1f\x8b": later("the file is not a notebook; it is a gzip archive"),
    b"Rar!": later("the file is not a notebook; it is a RAR archive"),
    b"7z\xbc\xaf": later("the file is not a notebook; it is a 7-Zip archive"),
    b"<": later("the file is not a notebook; it is a web page"),
}


class NotPlain(Exception):
    """Raised if a file cannot be read as a notebook of the student's own; the message says why."""


@contextlib.contextmanager
def open_plainly(path: Path, most: int) -> Iterator[io.BufferedReader]:
    """Open a submitted file, if it is a regular file of at most `most` bytes in folders that are not links.

    A link could point to another student's work or to a solution; a pipe or a device never ends.
    Raises NotPlain or OSError.
    """
    folders = [folder.name for folder in path.parents]
    n_theirs = folders.index("submitted") if "submitted" in folders else 2
    if any(folder.is_symlink() for folder in path.parents[:n_theirs]):
        raise NotPlain(say("its folder is a link to another place"))
    try:
        seen = path.lstat()
    except FileNotFoundError:
        raise NotPlain(say("there is no notebook of that name")) from None
    if stat.S_ISLNK(seen.st_mode) or seen.st_nlink > 1 and stat.S_ISREG(seen.st_mode):
        raise NotPlain(say("the notebook is a link to another file; a copy is needed"))
    if not stat.S_ISREG(seen.st_mode):
        raise NotPlain(say("what has the notebook's name is not a file"))
    if seen.st_size > most:
        raise NotPlain(say("the file is larger than {n} MiB; clear the outputs and hand it in again", n=most // MIB))
    # check the opened file, too: it may have been replaced in the meantime
    with open(os.open(path, PLAIN), "rb") as file:
        if not os.path.samestat(os.fstat(file.fileno()), seen):
            raise NotPlain(say("the notebook was replaced while it was being read"))
        yield file


def read_plainly(path: Path, most: int) -> bytes:
    """Read a submitted file, opened by `open_plainly`."""
    with open_plainly(path, most) as file:
        # no more than the file's size: `read` allocates the requested size first
        return file.read(min(most, os.fstat(file.fileno()).st_size))


def is_notebook(path: Path) -> bool:
    """Return whether a file is meant as a notebook: by its name, or by its text if programs may have renamed it."""
    if ".ipynb" in path.name.casefold() or not may_be_notebook(path.name):
        return may_be_notebook(path.name)
    with contextlib.suppress(OSError, NotPlain), open_plainly(path, MAX_FILE_BYTES) as file:
        return begins_as_notebook(file.read(2**14))
    return False


def may_be_notebook(name: str) -> bool:
    """Return whether a file of this name may be meant as a notebook; some programs change the extension."""
    return ".ipynb" in name.casefold() or PurePath(name).suffix.casefold() in ("", ".json", ".txt")


def begins_as_notebook(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") and b'"cell_type"' in data


def read_cells(data: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the raw cells of a notebook file, without their outputs, and notes on what was odd about the file.

    Raises NotPlain, with a reason, if the file is not a notebook, broken or too large.
    """
    told = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        told.append(say("the file is UTF-16 text and was read as such; notebooks are written in UTF-8"))
        data = data.decode("utf-16", "replace").encode()
    if not data.strip():
        raise NotPlain(say("the file is empty"))
    for beginning, told_of_it in _OTHER_FORMATS.items():
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(beginning):
            raise NotPlain(say(told_of_it))
    slim, left_out = without_outputs(data)
    if len(slim) > MAX_BYTES:
        raise NotPlain(say("the notebook has more than {n} MiB apart from outputs and pictures", n=MAX_BYTES // MIB))
    if _n_braces(slim) > MAX_BRACES and _n_braces(_TEXT.sub(b"", slim)) > MAX_BRACES:  # not those in strings
        raise NotPlain(say("the notebook has more than {n} braces and brackets", n=MAX_BRACES))
    try:
        text = slim.decode("utf-8-sig")
    except UnicodeDecodeError:
        told.append(say("the file is not UTF-8 text, so non-ASCII letters may be wrong"))
        text = slim.decode("cp1252", "replace")
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotPlain(say("its JSON is broken: {how}", how=_broken(text, error, data, left_out))) from None
    except (ValueError, RecursionError, MemoryError):
        raise NotPlain(say("the file is not a notebook (nothing but brackets, or numbers without end)")) from None
    return _cells_of(raw), told


def _n_braces(data: bytes) -> int:
    return data.count(b"{") + data.count(b"[")


def without_outputs(data: bytes) -> tuple[bytes, list[tuple[int, int]]]:
    """Return a notebook's text with null in place of outputs, attachments and widget state, and what was left out.

    That is, for each place, its position in the new text and by how many bytes the text became shorter there. Broken
    text is left as it is from the broken place on.
    """
    kept: list[bytes] = []
    left_out: list[tuple[int, int]] = []
    start, n_steps, length = 0, 0, 0
    while key := _KEY.match(data, _end(_UP_TO_UNUSED, data, start)):
        at, depth = key.end(), 0
        while True:
            at = _end(_UP_TO_BRACKET, data, at)
            if at >= len(data) or data[at] == ord('"'):
                return b"".join([*kept, data[start:]]), left_out
            depth += 1 if data[at] in b"[{" else -1
            at, n_steps = at + 1, n_steps + 1
            if n_steps > MAX_NESTED:
                raise NotPlain(say("the notebook has too many outputs; clear them and hand it in again"))
            if depth <= 0:
                break
        kept += [data[start : key.end()], b"null"]
        length += key.end() - start + 4
        left_out.append((length, at - key.end() - 4))
        start = at
    return b"".join([*kept, data[start:]]), left_out


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return found.end() if found else at


def _broken(text: str, error: json.JSONDecodeError, data: bytes, left_out: list[tuple[int, int]]) -> str:
    """Describe where the JSON is broken and what is there, for the person who has to fix it."""

    def place(at: int) -> str:
        n_bytes = len(text[:at].encode())
        n_bytes += sum(shorter for since, shorter in left_out if since <= n_bytes)
        line = data[:n_bytes].rpartition(b"\n")[2]
        row, column = data.count(10, 0, n_bytes) + 1, len(line.decode("utf-8", "replace")) + 1
        return say("line {line}, column {column}", line=row, column=column)

    for mark in ("<<<<<<< ", ">>>>>>> "):
        if text.startswith(mark) or "\n" + mark in text:
            at = text.index(mark)
            return say("{place}: “{text}” is left from a merge conflict", place=place(at), text=_first(text[at:]))
    end = error.pos + error.msg.startswith("Illegal trailing comma")  # since Python 3.13 at the comma itself
    before, after = text[:end].rstrip(), text[end:].lstrip()
    # a string left open in the file's last line means that the file was cut off; elsewhere a quotation mark is wrong
    if not after or error.msg.startswith("Unterminated string") and "\n" not in after.rstrip():
        return say("the file breaks off at {place}", place=place(len(text.rstrip())))
    here = say("{place}, at “{text}”", place=place(len(text) - len(after)), text=_first(after))
    if before.endswith(",") and after[0] in "]},":
        comma = place(len(before) - 1)
        return say("{place}: there is an extra comma before “{text}”", place=comma, text=after[0])
    if error.msg.startswith("Expecting ',' delimiter"):
        return say("{place}: a comma is missing before it, or there is an extra quotation mark", place=here)
    if error.msg.startswith("Extra data"):
        return say("{place}: there is more after the end of the notebook", place=here)
    if error.msg.startswith("Invalid control"):
        return say("{place}: a string is not closed on its line", place=here)
    return f"{here}: {error.msg[0].lower()}{error.msg[1:]}"


def _first(text: str) -> str:
    """Return the beginning of a text as one short printable line."""
    return "".join(c if c.isprintable() else " " for c in text.partition("\n")[0][:30]).strip()


def _cells_of(raw: Any) -> list[dict[str, Any]]:
    """Return the cells of a notebook of format 3 or 4, whatever else is wrong with it.

    Raises NotPlain if there is no list of cells, or if there are too many cells or too much text in them.
    """
    cells = raw.get("cells") if isinstance(raw, dict) else None
    if cells is None and isinstance(raw, dict) and isinstance(raw.get("worksheets"), list):
        sheets = [s for s in raw["worksheets"] if isinstance(s, dict) and isinstance(s.get("cells"), list)]
        cells = [c for s in sheets for c in s["cells"]]
    if not isinstance(cells, list):
        raise NotPlain(say("the file is not a notebook (it has no list of cells)"))
    found = [c for c in cells if isinstance(c, dict)]
    if len(found) > MAX_CELLS:
        raise NotPlain(say("the notebook has more than {n} cells", n=MAX_CELLS))
    found = [{**cell, "source": source_of(cell)} for cell in found]
    if sum(len(cell["source"]) for cell in found) > MAX_TEXT_BYTES:
        raise NotPlain(say("the notebook has more than {n} MiB of text", n=MAX_TEXT_BYTES // MIB))
    return found


def source_of(cell: dict[str, Any]) -> str:
    """Return the text of a cell of format 3 or 4, with Unix line endings."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join([part for part in source if isinstance(part, str)])
    if not isinstance(source, str):
        return ""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    # a lone surrogate is valid JSON, but cannot be encoded as UTF-8
    return source if source.isascii() else source.encode("utf-8", "replace").decode()
