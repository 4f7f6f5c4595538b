"""What all tests share: one thread, whatever else runs at once, and no gradebook of a real class."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.pop("COURSE_DB_URL", None)


def pytest_configure(config: object) -> None:
    """Close a fresh clone to other accounts as its first command does: tests read what later commands say.

    Let what tests start be interrupted, too.
    """
    from course.privacy import close

    close(Path(__file__).resolve().parents[1])
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell's `&` leaves it; tests press Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def fork_servers_are_reused() -> Iterator[None]:
    """Start a fork server once for all tests of this process that take one after the other."""
    from tests.servers import reused

    with reused():
        yield


def group_of(nodeid: str) -> str:
    """Name what a test shares its dear preparation with: an exercise's bank, or else its module."""
    bank = re.search(r"\[(.*@bank)\]$", nodeid)
    return bank[1] if bank else nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of a group one after the other, the longest groups first: the last to end is then a short one."""
    slow = {group_of(item.nodeid) for item in items if item.get_closest_marker("slow")}
    first: dict[str, int] = {}
    for i, item in enumerate(items):
        first.setdefault(group_of(item.nodeid), i)
    items.sort(key=lambda item: (group_of(item.nodeid) not in slow, first[group_of(item.nodeid)]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole groups; xdist's own `loadgroup` does not work with pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    return Groups(config, log) if config.getvalue("dist") == "loadscope" else None
