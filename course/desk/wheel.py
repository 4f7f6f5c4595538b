"""The wheel that students install: the subpackages that a notebook's checks need, and nothing else of the course."""

from __future__ import annotations

import base64
import hashlib
import io
import tomllib
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = (
    "dataset",
    "errors",
    "exercise",
    "figures",
    "judging",
    "language",
    "lessons",
    "locale",
    "mistakes",
    "network",
    "notebook",
    "runner",
)
# The third extra, `instructor`, is for commands that are not in this wheel.
EXTRAS = ("notebook", "torch")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a reproducible zip file of contents by path, all dated the day of the package's latest change."""
    made, day = io.BytesIO(), (*_latest_change().timetuple()[:3], 0, 0, 0)
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, max(day, (1980, 1, 1, 0, 0, 0)))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Linux, on every system
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def wheel() -> tuple[str, bytes]:
    """Return the wheel's file name and its bytes.

    Source: Python Packaging User Guide, Binary distribution format. A build backend would need the clone, which an
    installed course does not have, and a copy of the subpackages to build from.
    """
    course = distribution("course")
    name = f"course-{version()}"
    info = f"{name}.dist-info"
    files = {f"course/{path}": (PACKAGE / path).read_bytes() for path in students_files()}
    files |= {
        f"{info}/METADATA": _about(course).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: course kit\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/LICENSE": (course.read_text("licenses/LICENSE") or "").encode(),
    }
    record = [f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in files.items()]
    files[f"{info}/RECORD"] = "".join([*record, f"{info}/RECORD,,\n"]).encode()
    return f"{name}-py3-none-any.whl", zipped(files)


def version() -> str:
    """Return the course's version plus the time of its latest change, so that pip upgrades to a newer kit's wheel."""
    return f"{distribution('course').version}.post{_latest_change():%Y%m%d%H%M%S}"


def _latest_change() -> datetime:
    files = [PACKAGE / path for path in students_files()] + [PACKAGE.parent / "pyproject.toml"]
    return datetime.fromtimestamp(max(path.stat().st_mtime for path in files if path.is_file()), UTC)


def students_files() -> list[str]:
    """Return the paths of the files in the wheel, relative to the package."""
    found = [PACKAGE / "__init__.py"]
    for room in ROOMS:
        place = PACKAGE / room
        found += place.rglob("*") if place.is_dir() else [place.with_suffix(".py")]
    files = (path.relative_to(PACKAGE) for path in found if path.is_file())
    return sorted(path.as_posix() for path in files if "__pycache__" not in path.parts and path.suffix != ".po")


def _about(course: Distribution) -> str:
    """Return the METADATA of the wheel: that of the course without what only instructors need."""
    lines = [
        "Metadata-Version: 2.1",
        "Name: course",
        f"Version: {version()}",
        f"Summary: {course.metadata['Summary']}",
        "License: MIT",
        f"Requires-Python: {course.metadata['Requires-Python']}",
        *(f"Provides-Extra: {extra}" for extra in EXTRAS),
        *(f"Requires-Dist: {line}" for line in _requirements(course)),
    ]
    return "\n".join([*lines, ""])


def _requirements(course: Distribution) -> list[str]:
    """Return the requirements of the package and of its extras for students."""
    project = PACKAGE.parent / "pyproject.toml"
    if not project.is_file():
        lines = course.requires or []
        return [x for x in lines if "extra ==" not in x or any(f'extra == "{extra}"' in x for extra in EXTRAS)]
    # the metadata of the installed clone may be older than its pyproject.toml
    said = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    extras = ((extra, line) for extra in EXTRAS for line in said["optional-dependencies"][extra])
    return [*said["dependencies"], *(f'{line}; extra == "{extra}"' for extra, line in extras)]


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
