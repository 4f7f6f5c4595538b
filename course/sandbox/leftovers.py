"""End everything that a submission started, where no process namespace does so: all of it is one process group.

Its processes cannot leave the group (`seccomp` makes them believe that they did), and a signal to a group reaches all
of it at once, however fast it forks.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
from pathlib import Path

from course.sandbox import system
from course.sandbox.processes import tree_of

PR_SET_CHILD_SUBREAPER = 36
_GROUP = struct.Struct("<i")


def adopt() -> None:
    """Make this process a subreaper: it adopts every descendant whose parent ends, to see it and wait for it."""
    system.libc().prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_group(group: int) -> None:
    """Kill a process group, a child of this process and processes it adopted, and wait for all of them."""
    for end, number in ((os.kill, group), (os.killpg, group)):  # the child may not have created its group yet
        with contextlib.suppress(ProcessLookupError):
            end(number, signal.SIGKILL)
    for waited in (group, -group):
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(waited, 0)


def processes_of(group: int) -> list[int]:
    """Return all processes of such a group; those whose parents have ended are children of this process."""
    with contextlib.suppress(OSError):
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        return [pid for child in children if _group_of(int(child)) == group for pid in tree_of(int(child))]
    return []


def _group_of(pid: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(pid)
    return 0


class Sentinel:
    """A process that outlives its fork server, to end process groups that the server left behind.

    A fork server ends with the grader, however that ends, and so may not be able to.
    """

    def __init__(self) -> None:
        """Fork it; it keeps this process's descriptors open: waiting for them to close includes the leftovers."""
        read, self.line = os.pipe()
        if os.fork() == 0:
            try:
                os.setsid()
                os.close(self.line)
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                _end_what_is_left(read)
            finally:
                os._exit(0)
        os.close(read)

    def note(self, group: int) -> None:
        """Register a group that has to end with its supervisor.

        Raises OSError if the sentinel is gone.
        """
        os.write(self.line, _GROUP.pack(group))

    def forget(self, group: int) -> None:
        """Unregister a group that has ended."""
        with contextlib.suppress(OSError):
            os.write(self.line, _GROUP.pack(-group))


def _end_what_is_left(read: int) -> None:
    groups: set[int] = set()
    while told := os.read(read, _GROUP.size):
        (group,) = _GROUP.unpack(told)
        groups = groups | {group} if group > 0 else groups - {-group}
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
