"""What all tests share: one thread each, as other tests run in parallel, and no gradebook of a real class."""

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
    """Close a fresh clone to other accounts, as its first command does: tests read the output of later commands.

    Also make sure that processes started by tests can be interrupted.
    """
    from course.privacy import close

    close(Path(__file__).resolve().parents[1])
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # inherited from a shell's `&`; tests press Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def fork_servers_are_reused() -> Iterator[None]:
    """Share fork servers and examiners between the tests of this process, which use them one after the other."""
    from tests.servers import reused

    with reused():
        yield


def group_of(nodeid: str) -> str:
    """Return the group of tests that share an expensive setup: an exercise's bank, or else the module."""
    bank = re.search(r"\[(.*@bank)\]$", nodeid)
    return bank[1] if bank else nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of a group one after the other, slow groups first, so that the last group to end is a short one."""
    slow = {group_of(item.nodeid) for item in items if item.get_closest_marker("slow")}
    first: dict[str, int] = {}
    for i, item in enumerate(items):
        first.setdefault(group_of(item.nodeid), i)
    items.sort(key=lambda item: (group_of(item.nodeid) not in slow, first[group_of(item.nodeid)]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Distribute whole groups; xdist's own `loadgroup` does not work with pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    return Groups(config, log) if config.getvalue("dist") == "loadscope" else None
