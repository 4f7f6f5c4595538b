"""The sandbox mechanisms that a machine has, and whether they suffice: a promise may be kept in several ways."""

from __future__ import annotations

from dataclasses import dataclass

from course.language import say


@dataclass(frozen=True)
class Mechanisms:
    """The sandbox mechanisms that a machine has.

    no_namespaces: why a process can have no namespaces of its own; "" if it can. landlock: the version of Landlock to
    use; 0 for none. n_tasks: how many threads this user had at the start; counted only if there are no namespaces.
    """

    no_namespaces: str = ""
    landlock: int = 0
    n_tasks: int = 0

    @property
    def namespaces(self) -> bool:
        return not self.no_namespaces

    def lacking(self) -> str:
        """Return which promise nothing here can keep, and what to do about it; "" if each can be kept."""
        if self.namespaces or self.landlock:
            return ""
        return say(
            "nothing on this machine can hide files from student code. That takes Landlock, which the kernel lacks "
            "or has switched off (lsm=), or namespaces: {why}. docs/machines.md says what to do on each system",
            why=self.no_namespaces,
        )
