"""The files in an untrusted zip file or folder, read with size limits and without following links or paths outside."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import stat
import struct
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from course.errors import course_error
from course.grading.entries import OF_THE_SYSTEM
from course.grading.graded import TIMESTAMP
from course.grading.reading import MAX_FILE_BYTES, NotPlain, read_plainly
from course.language import later, say
from course.sandbox.system import allow_open_files

# Enough for a class of thousands. Archives are not looked into for it, so that nothing in one can exceed it.
MAX_FILES = 500_000
# Per owner, so that no student can fill the disk or stop the import: files, and bytes of archives. An archive yields no
# more bytes than it declares.
MAX_OWN_FILES = 2000
MAX_OWN_BYTES = 512 * 2**20
# File systems accept no longer names: one that is longer was crafted.
MAX_NAME, MAX_PARTS = 255, 40
# Levels of archives nested in the source: one is common, more than three are refused.
MAX_DEPTH = 3
# Repetitive text compresses to a hundredth of its size, a zip bomb to a thousandth.
MAX_RATIO, RATIO_FROM_BYTES = 400, 2**20
# Each larger archive is an open file until the import ends.
MAX_OPEN = 10_000
# Nested archives up to this size are held in memory, larger ones in an unnamed temporary file.
SPOOL_BYTES = 2**20
# The end-of-central-directory record: 22 bytes and a comment.
ZIP_END_BYTES = 22 + 2**16
ENCRYPTED, NAMES_IN_UTF_8 = 0x1, 0x800


@dataclass(frozen=True)
class Item:
    """A file. parts: its path from the top, with archives as folders. time: as in the archive, without a time zone.

    danger: why it is not to be read, "" if it is safe.
    """

    parts: tuple[str, ...]
    size: int
    time: datetime.datetime | None
    read: Callable[[], bytes]
    danger: str = ""

    @property
    def place(self) -> str:
        return "/".join(self.parts)

    @property
    def name(self) -> str:
        return self.parts[-1]


@dataclass
class Source:
    """All files of a zip file or folder, and the paths of those refused, each with the reason.

    entries: what it holds itself; `unpack` makes `items` of it. Files in archives are read on demand, until `close`.
    """

    path: Path
    entries: list[Item] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    _open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _n_files: Counter[Hashable] = field(default_factory=Counter)
    _n_bytes: Counter[Hashable] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        allow_open_files(MAX_OPEN)
        if self.path.is_dir():
            self._list(self._files_below())
        elif not self.path.is_file():
            raise course_error("There is no file or folder {path}.", path=self.path)
        else:
            file = self._open.enter_context(self.path.open("rb"))
            try:
                self._list(self._files_in(file, ()))
            except NotPlain:
                file.seek(0)
                if file.read(2) in (b"", b"PK"):
                    raise course_error("{path} is empty or cut off: download it again.", path=self.path) from None
                raise course_error(
                    "{path} is not a zip file: unpack it, and import the folder.", path=self.path
                ) from None

    def close(self) -> None:
        self._open.close()

    def _list(self, files: Iterable[Item]) -> None:
        for item in files:
            if len(self.entries) == MAX_FILES:
                raise course_error(
                    "{path} holds more than {n} files: that cannot be the work of a class.", path=self.path, n=MAX_FILES
                )
            self.entries.append(item)

    def unpack(self, owners: Iterable[Hashable]) -> None:
        """Add all files, also those in archives, up to a limit for each owner, whose notebooks come first.

        owners: that of each entry.
        """
        owned = zip(self.entries, owners, strict=True)
        for item, owner in sorted(owned, key=lambda one: _is_no_notebook(one[0])):
            self._add(item, owner, 0)

    def _add(self, item: Item, owner: Hashable, depth: int) -> None:
        self._n_files[owner] += 1
        if self._n_files[owner] > MAX_OWN_FILES:
            if self._n_files[owner] == MAX_OWN_FILES + 1:
                told = later("this and what follows: more than {n} files of one student")
                self.refused.append((item.place, say(told, n=MAX_OWN_FILES)))
        elif item.danger:
            self.refused.append((item.place, item.danger))
        elif item.size > MAX_FILE_BYTES:
            self.refused.append((item.place, say("larger than {n} MiB", n=MAX_FILE_BYTES // 2**20)))
        elif is_archive(item.name):
            self._unpack_inner(item, owner, depth + 1)
        else:
            self.items.append(item)

    def _files_below(self) -> Iterator[Item]:
        for parent, folders, names in os.walk(self.path, onerror=self._refuse_unreadable):
            here = Path(parent)
            links = [n for n in folders if os.path.islink(here / n)]
            folders[:] = sorted(f for f in folders if f not in links and not _is_of_the_system(f))
            for name in sorted([*names, *links]):
                if _is_of_the_system(name):
                    continue
                path = here / name
                parts = tuple(unicodedata.normalize("NFC", p) for p in path.relative_to(self.path).parts)
                try:
                    status = path.lstat()
                except OSError as error:
                    self._refuse_unreadable(error)
                    continue
                danger = "" if stat.S_ISREG(status.st_mode) else say("a link to another place, or not a file")
                time = None
                with contextlib.suppress(ValueError, OverflowError, OSError):  # a file may have any time
                    time = datetime.datetime.fromtimestamp(status.st_mtime)
                yield Item(parts, status.st_size, time, partial(self._read_file, path), danger)

    def _refuse_unreadable(self, error: OSError) -> None:
        place = Path(error.filename).relative_to(self.path).as_posix()
        self.refused.append((place, say("it cannot be read: {why}", why=error.strerror)))

    def _read_file(self, path: Path) -> bytes:
        try:
            return read_plainly(path, MAX_FILE_BYTES)
        except OSError as error:
            raise NotPlain(error.strerror) from None

    def _unpack_inner(self, item: Item, owner: Hashable, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.refused.append((item.place, say("more than {n} archives nested in one another", n=MAX_DEPTH)))
            return
        self._n_bytes[owner] += item.size
        if self._n_bytes[owner] > MAX_OWN_BYTES:
            told = later("archives of one student, of more than {n} MiB together")
            self.refused.append((item.place, say(told, n=MAX_OWN_BYTES // 2**20)))
            return
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - closed with all others
        self._open.callback(file.close)
        try:
            file.write(item.read())
            if _is_crowded(file):
                self.refused.append((item.place, say("an archive with more than {n} files", n=MAX_OWN_FILES)))
                return
            file.seek(0)
            for found in sorted(self._files_in(file, item.parts), key=_is_no_notebook):
                self._add(found, owner, depth)
        except NotPlain as error:
            self.refused.append((item.place, say("an archive that cannot be unpacked ({why})", why=error)))

    def _files_in(self, file: IO[bytes], above: tuple[str, ...]) -> Iterator[Item]:
        """Yield the files of an archive.

        Raises NotPlain if it has no directory that can be read.
        """
        try:
            archive = self._open.enter_context(zipfile.ZipFile(file))
        except Exception as error:  # of any type: a crafted archive can be wrong in any way
            raise NotPlain(str(error) or type(error).__name__) from None
        for entry in archive.infolist():
            name = _name_of(entry)
            if entry.is_dir() or name.endswith(("/", "\\")):
                continue
            parts = tuple(p for p in re.split(r"[/\\]", unicodedata.normalize("NFC", name)) if p not in ("", "."))
            danger = _danger_of(entry, name, parts)
            if not danger and any(_is_of_the_system(part) for part in parts):
                continue
            time = None
            with contextlib.suppress(ValueError):
                time = datetime.datetime(*entry.date_time)
            read = partial(self._read_entry, archive, entry)
            yield Item((*above, *(parts or (name,))), entry.file_size, time, read, danger)

    def _read_entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        """Read a file of an archive.

        Raises NotPlain if it is damaged.
        """
        try:
            with archive.open(entry) as file:
                return file.read(MAX_FILE_BYTES)
        except Exception as error:  # of any type: each method of compression has its own
            raise NotPlain(say("damaged in the archive: {why}", why=str(error) or type(error).__name__)) from None


def _is_no_notebook(item: Item) -> bool:
    return ".ipynb" not in item.name.casefold()


def is_archive(name: str) -> bool:
    return name.casefold().endswith(".zip")


def _is_crowded(file: IO[bytes]) -> bool:
    """Return whether an archive declares too many files or too long a directory, before that directory is parsed."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - ZIP_END_BYTES))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) < at + 16:
        return False  # not an archive; opening it will report that
    n_files, n_bytes = struct.unpack("<HI", end[at + 10 : at + 16])
    return n_files > MAX_OWN_FILES or n_bytes > MAX_OWN_FILES * (MAX_NAME + MAX_NAME)


def _is_of_the_system(name: str) -> bool:
    return name.startswith((".", "~$")) or name in OF_THE_SYSTEM - {TIMESTAMP}


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name, decoded as UTF-8 if possible even without the flag for it, else as code page 437."""
    if entry.flag_bits & NAMES_IN_UTF_8:
        return entry.orig_filename
    try:
        return entry.orig_filename.encode("cp437").decode()
    except UnicodeError:
        return entry.orig_filename


def _danger_of(entry: zipfile.ZipInfo, name: str, parts: tuple[str, ...]) -> str:
    """Return why an entry of an archive is refused, "" if it is safe to read."""
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name or not parts:
        return say("its path leads outside the archive")
    if len(parts) > MAX_PARTS or any(len(part.encode("utf-8", "replace")) > MAX_NAME for part in parts):
        return say("its name is longer than file systems allow")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return say("a link to another place")
    if entry.flag_bits & ENCRYPTED:
        return say("locked with a password")
    if entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        return say("it unpacks to more than {n} times its size", n=MAX_RATIO)
    return ""


def first_line_of(item: Item) -> str:
    """Return the first line of a text file, "" if it cannot be read."""
    with contextlib.suppress(NotPlain):
        return item.read()[:10_000].decode("utf-8-sig", "replace").partition("\n")[0]
    return ""
