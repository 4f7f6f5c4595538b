"""Files written whole: a reader, and a kill at any moment, finds the old one or the new one.

Standard library only: it also runs before `.venv` exists.
"""

import contextlib
import os
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has other locks: nobody sweeps there, and what a killed writer left stays
    fcntl = None  # type: ignore[assignment]

CAN_LOCK = fcntl is not None
WRITING = ".writing-"


def write_atomically(
    path: Path,
    data: "bytes | memoryview",
    *,
    durable: bool = True,
    beside: "Path | None" = None,
    rights: int | None = None,
) -> None:
    """Write a file into a temporary one and move it to its place, never through a link.

    durable: wait until a power cut cannot lose it; not needed where a loss is noticed and costs time only.
    beside: the folder for the temporary file, by default the file's own, on the same disk.
    rights: of the file, by default those of the folder `beside`.
    Raises OSError with the old file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = beside or path.parent
    handle, name = tempfile.mkstemp(dir=beside, prefix=WRITING)
    try:
        with os.fdopen(handle, "wb") as file:
            lock(handle)  # tells `sweep` that somebody writes
            swept = os.fstat(handle).st_nlink == 0  # it came in between
            file.write(data)
            file.flush()
            if durable:
                os.fsync(handle)
            if os.chmod in os.supports_fd:  # not on Windows, where there are no such rights
                os.chmod(handle, (beside.stat().st_mode if rights is None else rights) & 0o666)  # mkstemp's: owner only
            if not swept and CAN_LOCK:
                os.replace(name, path)
        if not CAN_LOCK:  # Windows does not move an open file, and nobody sweeps there
            os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.remove(name)
        raise
    if swept:
        write_atomically(path, data, durable=durable, beside=beside, rights=rights)


def sweep(folder: Path) -> None:
    """Remove what killed writers left in a folder and below."""
    with contextlib.suppress(OSError):  # a folder may go while it is looked through
        for path in folder.rglob(f"{WRITING}*"):
            with contextlib.suppress(OSError), path.open("rb+") as file:
                if is_free(file.fileno()):
                    path.unlink()


def lock(handle: int) -> None:
    """Mark an open file or folder as in use until it is closed, or its process ends; waits for nobody but `is_free`."""
    if CAN_LOCK:
        with contextlib.suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)


def is_free(handle: int) -> bool:
    """Tell whether nobody uses an open file or folder; where that cannot be known, it is in use."""
    try:
        if CAN_LOCK:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return CAN_LOCK
