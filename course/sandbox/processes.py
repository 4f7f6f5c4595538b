"""Look at a worker's processes from outside: which there are, what memory they hold; and end them."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path


def tree_of(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found, queue = [], [pid]
    while queue:
        process = queue.pop()
        found.append(process)
        with contextlib.suppress(OSError, ValueError):
            for task in Path(f"/proc/{process}/task").iterdir():
                queue += [int(c) for c in (task / "children").read_text().split()]
        if len(found) > 4096:
            break
    return found


def memory_mib(pids: list[int], *, exactly: bool = False) -> float:
    """Return what the processes hold for themselves, and in memory they share with each other, but not in files.

    exactly: count what forks have in common once; that goes through all pages and takes some milliseconds a process.
    """
    file, keys = ("smaps_rollup", ("Pss_Anon:", "Pss_Shmem:")) if exactly else ("status", ("RssAnon:", "RssShmem:"))
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith(keys))
    return total / 1024


def cpu_s(pids: list[int]) -> float:
    """Return the processor time that processes have used, with that of their children that have ended."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            # utime, stime, cutime, cstime: fields 14 to 17; the name before them may hold spaces and brackets
            ticks += sum(int(n) for n in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def kill_tree(pid: int) -> None:
    """End a worker and everything it started.

    With a process namespace the end of its process 1 ends them all; without one, all that can be found.
    """
    if not pid:
        return
    for process in tree_of(pid):  # the first one first: as process 1 of its world it takes all others with it
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(pid, 0)
