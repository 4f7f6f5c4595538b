"""Write files atomically: readers find the old file or the new one, whole, even after a kill.

Standard library only: this module also runs before `.venv` exists.
"""

import contextlib
import os
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has other locks: nothing is swept there, and files of killed writers stay
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
    """Write data to a temporary file and rename it to `path`, never through a link.

    durable: sync to disk, so that a power cut cannot lose it; not needed if a loss is noticed and costs only time.
    beside: the folder for the temporary file, on the same disk; by default the file's own.
    rights: the file's mode, by default that of the folder `beside`; without execute bits.
    Raises OSError and leaves the old file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = beside or path.parent
    handle, name = tempfile.mkstemp(dir=beside, prefix=WRITING)
    try:
        with os.fdopen(handle, "wb") as file:
            lock(handle)  # tells `sweep` that the file is being written
            swept = os.fstat(handle).st_nlink == 0  # before it was locked
            file.write(data)
            file.flush()
            if durable:
                os.fsync(handle)
            if os.chmod in os.supports_fd:  # not on Windows, which has no such modes
                os.chmod(handle, (beside.stat().st_mode if rights is None else rights) & 0o666)  # mkstemp: owner only
            if not swept and CAN_LOCK:
                os.replace(name, path)
        if not CAN_LOCK:  # Windows does not rename an open file, and nothing is swept there
            os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.remove(name)
        raise
    if swept:
        write_atomically(path, data, durable=durable, beside=beside, rights=rights)


def sweep(folder: Path) -> None:
    """Remove temporary files that killed writers left in a folder and below."""
    with contextlib.suppress(OSError):  # a folder may disappear during the search
        for path in folder.rglob(f"{WRITING}*"):
            with contextlib.suppress(OSError), path.open("rb+") as file:
                if is_free(file.fileno()):
                    path.unlink()


def lock(handle: int) -> None:
    """Lock an open file or folder until it is closed or its process ends, waiting for any other holder of the lock."""
    if CAN_LOCK:
        with contextlib.suppress(OSError):  # some network file systems have no locks
            fcntl.flock(handle, fcntl.LOCK_EX)


def is_free(handle: int) -> bool:
    """Return whether nobody has locked an open file or folder, and lock it then; False where locking is unavailable."""
    try:
        if CAN_LOCK:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return CAN_LOCK
