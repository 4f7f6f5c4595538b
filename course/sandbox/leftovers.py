"""End everything that a submission started, where no process namespace does: all of it is one process group.

Its processes cannot leave the group (`seccomp` lets them believe they did), and a signal to a group reaches all of it
at once, however fast it forks.
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
    """Become the parent of every process below this one whose own parent ends, to see it and wait for it."""
    system.libc().prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_group(group: int) -> None:
    """End a process group that consists of a child of this process and of what was adopted, and wait for all of it."""
    for end, number in ((os.kill, group), (os.killpg, group)):  # it may not have its group yet
        with contextlib.suppress(ProcessLookupError):
            end(number, signal.SIGKILL)
    for waited in (group, -group):
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(waited, 0)


def processes_of(group: int) -> list[int]:
    """Return all processes of such a group: those whose parents have ended are children of this one."""
    with contextlib.suppress(OSError):
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        return [pid for child in children if _group_of(int(child)) == group for pid in tree_of(int(child))]
    return []


def _group_of(pid: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(pid)
    return 0


class Sentinel:
    """A process that outlives a fork server and its supervisors, if only to end the groups that they did not.

    They end with the grader, however it ends, and so could not.
    """

    def __init__(self) -> None:
        """Fork it; it keeps this process's descriptors open, so that who waits for their end waits for that of all."""
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
        """Tell of a group that is to end with its supervisor.

        Raises OSError if the sentinel is gone.
        """
        os.write(self.line, _GROUP.pack(group))

    def forget(self, group: int) -> None:
        """Tell that a group has ended."""
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
