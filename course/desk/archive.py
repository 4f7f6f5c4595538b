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
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from course.errors import course_error
from course.grading.folder import OF_THE_SYSTEM
from course.grading.graded import TIMESTAMP
from course.grading.reading import MAX_FILE_BYTES, NotPlain, read_plainly
from course.language import say

# Enough for a class of a thousand with a few files each. Bytes are counted as read, whatever an archive declares.
MAX_FILES = 50_000
MAX_TOTAL_BYTES = 16 * 2**30
# Per submitted archive, including those nested in it, so that no student's can fill the disk or stop the import.
MAX_INNER_FILES = 2000
MAX_INNER_BYTES = 512 * 2**20
# File systems accept no longer names: one that is longer was crafted.
MAX_NAME, MAX_PARTS = 255, 40
# Levels of archives nested in the source: one is common, more than three are refused.
MAX_DEPTH = 3
# Repetitive text compresses to a hundredth of its size, a zip bomb to a thousandth.
MAX_RATIO, RATIO_FROM_BYTES = 400, 2**20
# Nested archives up to this size are held in memory, larger ones in an unnamed temporary file.
SPOOL_BYTES = 2**20
# The end-of-central-directory record: 22 bytes and a comment.
ZIP_END_BYTES = 22 + 2**16
ENCRYPTED, NAMES_IN_UTF_8 = 0x1, 0x800


@dataclass(frozen=True)
class Item:
    """A file. parts: its path from the top, with archives as folders. time: as in the archive, without a time zone."""

    parts: tuple[str, ...]
    size: int
    time: datetime.datetime | None
    read: Callable[[], bytes]

    @property
    def place(self) -> str:
        return "/".join(self.parts)

    @property
    def name(self) -> str:
        return self.parts[-1]


@dataclass
class Source:
    """All files of a zip file or folder, and the paths of those refused, each with the reason.

    Files in archives are read on demand, until `close`.
    """

    path: Path
    items: list[Item] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    _open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _n_bytes: int = 0
    _inner_bytes: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _inner_files: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if self.path.is_dir():
            self._walk()
        elif not self.path.is_file():
            raise course_error("There is no file or folder {path}.", path=self.path)
        else:
            file = self._open.enter_context(self.path.open("rb"))
            try:
                self._unpack(file, (), 0)
            except NotPlain:
                file.seek(0)
                if file.read(2) in (b"", b"PK"):
                    raise course_error("{path} is empty or cut off: download it again.", path=self.path) from None
                raise course_error(
                    "{path} is not a zip file: unpack it, and import the folder.", path=self.path
                ) from None

    def close(self) -> None:
        self._open.close()

    def _add(self, item: Item, depth: int) -> None:
        if depth:
            archive = _outermost(item.parts[:-1])
            self._inner_files[archive] += 1
            if self._inner_files[archive] == MAX_INNER_FILES + 1:
                self.refused.append(("/".join(archive), say("an archive with more than {n} files", n=MAX_INNER_FILES)))
            if self._inner_files[archive] > MAX_INNER_FILES:
                return
        if len(self.items) >= MAX_FILES:
            raise course_error(
                "{path} holds more than {n} files: that cannot be the work of a class.", path=self.path, n=MAX_FILES
            )
        if item.size > MAX_FILE_BYTES:
            self.refused.append((item.place, say("larger than {n} MiB", n=MAX_FILE_BYTES // 2**20)))
        elif _is_archive(item.name):
            self._unpack_inner(item, depth + 1)
        else:
            self.items.append(item)

    def _walk(self) -> None:
        for parent, folders, names in os.walk(self.path, onerror=self._refuse_folder):
            here = Path(parent)
            links = [n for n in folders if (here / n).is_symlink()]
            folders[:] = sorted(f for f in folders if f not in links and not _is_of_the_system(f))
            for name in sorted([*names, *links]):
                if _is_of_the_system(name):
                    continue
                path = here / name
                parts = tuple(unicodedata.normalize("NFC", p) for p in path.relative_to(self.path).parts)
                status = path.lstat()
                if not stat.S_ISREG(status.st_mode):
                    self.refused.append(("/".join(parts), say("a link to another place, or not a file")))
                else:
                    time = datetime.datetime.fromtimestamp(status.st_mtime)
                    self._add(Item(parts, status.st_size, time, partial(self._read_file, path)), 0)

    def _refuse_folder(self, error: OSError) -> None:
        place = Path(error.filename).relative_to(self.path).as_posix()
        self.refused.append((place, say("it cannot be read: {why}", why=error.strerror)))

    def _read_file(self, path: Path) -> bytes:
        try:
            data = read_plainly(path, MAX_FILE_BYTES)
        except OSError as error:
            raise NotPlain(error.strerror) from None
        return self._counted(data)

    def _counted(self, data: bytes) -> bytes:
        self._n_bytes += len(data)
        if self._n_bytes > MAX_TOTAL_BYTES:
            raise course_error(
                "{path} holds more than {n} GiB: that cannot be the work of a class.",
                path=self.path,
                n=MAX_TOTAL_BYTES // 2**30,
            )
        return data

    def _unpack_inner(self, item: Item, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.refused.append((item.place, say("more than {n} archives nested in one another", n=MAX_DEPTH)))
            return
        outermost = _outermost(item.parts)
        self._inner_bytes[outermost] += item.size
        if self._inner_bytes[outermost] > MAX_INNER_BYTES:
            self.refused.append(
                (item.place, say("archives within an archive, of more than {n} MiB", n=MAX_INNER_BYTES // 2**20))
            )
            return
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - closed with all others
        self._open.callback(file.close)
        try:
            file.write(item.read())
            if _is_crowded(file):
                self.refused.append((item.place, say("an archive with more than {n} files", n=MAX_INNER_FILES)))
                return
            file.seek(0)
            self._unpack(file, item.parts, depth)
        except NotPlain as error:
            self.refused.append((item.place, say("an archive that cannot be unpacked ({why})", why=error)))

    def _unpack(self, file: IO[bytes], above: tuple[str, ...], depth: int) -> None:
        """Add the files of an archive.

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
            place = "/".join((*above, *parts))
            if why := _danger_of(entry, name, parts):
                self.refused.append((place, why))
            elif not any(_is_of_the_system(part) for part in parts):
                time = None
                with contextlib.suppress(ValueError):
                    time = datetime.datetime(*entry.date_time)
                read = partial(self._read_entry, archive, entry)
                self._add(Item((*above, *parts), entry.file_size, time, read), depth)

    def _read_entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        """Read a file of an archive.

        Raises NotPlain if it is damaged.
        """
        try:
            with archive.open(entry) as file:
                data = file.read(MAX_FILE_BYTES)
        except Exception as error:  # of any type: each method of compression has its own
            raise NotPlain(say("damaged in the archive: {why}", why=str(error) or type(error).__name__)) from None
        return self._counted(data)


def _is_archive(name: str) -> bool:
    return name.casefold().endswith(".zip")


def _outermost(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[: next(i for i, part in enumerate(parts, 1) if _is_archive(part))]


def _is_crowded(file: IO[bytes]) -> bool:
    """Return whether an archive declares too many files or too long a directory, before that directory is parsed."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - ZIP_END_BYTES))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) < at + 16:
        return False  # not an archive; opening it will report that
    n_files, n_bytes = struct.unpack("<HI", end[at + 10 : at + 16])
    return n_files > MAX_INNER_FILES or n_bytes > MAX_INNER_FILES * (MAX_NAME + MAX_NAME)


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
