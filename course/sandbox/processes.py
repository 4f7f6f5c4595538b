"""Inspect a worker's processes from outside (which there are, what they use), and end them."""

from __future__ import annotations

import contextlib
import os
import signal

PROC = "/proc"
# Fields that count as memory in a process's `status` and `smaps_rollup`.
QUICK = ("RssAnon:", "RssShmem:", "VmSwap:", "HugetlbPages:")
EXACT = ("Pss_Anon:", "Pss_Shmem:", "SwapPss:", "Shared_Hugetlb:", "Private_Hugetlb:")


def tree_of(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found, queue = [], [pid]
    while queue:
        process = queue.pop()
        found.append(process)
        with contextlib.suppress(OSError, ValueError):
            for task in os.listdir(f"{PROC}/{process}/task"):
                queue += map(int, _told(f"{process}/task/{task}/children").split())
        if len(found) > 4096:
            break
    return found


def memory_mib(pids: list[int], *, exactly: bool = False) -> float:
    """Return the private and shared memory of the processes, without memory-mapped files.

    Swapped-out memory and huge pages count, too.
    exactly: count what forks have in common once; this walks all pages and takes some milliseconds per process.
    """
    file, keys = ("smaps_rollup", EXACT) if exactly else ("status", QUICK)
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = _told(f"{pid}/{file}").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith(keys))
    return total / 1024


def address_space() -> int:
    """Return how many bytes this process has mapped."""
    return int(_told("self/statm").split()[0]) * os.sysconf("SC_PAGESIZE")


def n_threads(pids: list[int]) -> int:
    """Return how many threads the processes have; each has at least one."""
    n = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            n += len(os.listdir(f"{PROC}/{pid}/task"))
    return n


def cpu_s(pids: list[int]) -> float:
    """Return the CPU time that the processes have used, including that of their children that have ended."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            # utime, stime, cutime, cstime: fields 14 to 17; the name before them may hold spaces and brackets
            ticks += sum(int(n) for n in _told(f"{pid}/stat").rpartition(")")[2].split()[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def kill_tree(pid: int) -> None:
    """Kill a worker and everything it started.

    With a process namespace, killing its process 1 ends them all; without one, all that can be found are killed.
    """
    if not pid:
        return
    for process in tree_of(pid):  # the worker first: as process 1 of a namespace it takes all others with it
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(pid, 0)


def _told(file: str) -> str:
    """Read a file of /proc with as little overhead as possible: this is done for every cell."""
    with open(f"{PROC}/{file}", "rb", buffering=0) as opened:
        return opened.readall().decode("utf-8", "replace")
