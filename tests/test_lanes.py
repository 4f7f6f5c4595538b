"""The sandbox on machines that lack something, each simulated in a process of its own (`tests/lanes.py`)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from course.building.built_notebooks import REPOSITORY
from tests.attacks.corpus import attacks
from tests.lanes import LANES
from tests.waiting import started, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is Linux's")

# Attacks that namespaces, or the newest Landlock, stop by themselves. They run one after the other: each is short.
TRIED = (
    *("escaping-signals", "escaping-daemon", "escaping-signal_of_a_descriptor", "escaping-limits_of_others"),
    *("escaping-child_of_the_guard", "escaping-datagrams", "escaping-shared_by_number", "escaping-own_signals"),
    *("escaping-network", "escaping-set_user_id", "writing-by_descriptor", "writing-links", "writing-times"),
    *("reading-others", "reading-proc", "exhausting-disk", "exhausting-removed_files", "exhausting-unlisted_folder"),
)
# User ids: 0 stands for the user who runs the tests. Only root can also test as an ordinary user.
USERS = (0, 1000) if hasattr(os, "geteuid") and os.geteuid() == 0 else (0,)
PROGRAM = """
import json, sys
from course.sandbox import Cell, ForkServer, Job, selftest
from course.sandbox.confinement import CannotConfine
from tests.attacks.classroom import ATTACKS, LIMITS
with ForkServer(torch=False) as server:
    for name in sys.argv[1:]:
        job = Job((Cell("attack", ATTACKS[name].source), Cell("after", "print('goes on')")), limits=LIMITS)
        try:
            seen = server.run(job)
        except CannotConfine as error:
            print(json.dumps([name, "refused", str(error)]))
        else:
            print(json.dumps([name, seen.status, "".join(cell.text for cell in seen.cells.values())]))
"""


def in_lane(lane: str, user: int, *names: str) -> list[list[str]]:
    """Run attacks in a lane and return for each its name, its status and what it printed."""
    words = [sys.executable, "-m", "tests.lanes", "--user", str(user), lane, sys.executable, "-c", PROGRAM, *names]
    run = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("lane", ["container", "container-landlock-1", "no-landlock"])
def test_attacks_come_to_the_same_whatever_the_machine_lacks(lane: str, user: int) -> None:
    expected = {a.student: a.status.replace("graded", "done").split("|") for a in attacks()}
    found = in_lane(lane, user, *TRIED)
    assert [name for name, _, _ in found] == list(TRIED)
    for name, status, text in found:
        assert status in expected[name], (name, status)
        assert "REACHED" not in text and text.endswith("goes on\n"), (name, text)


def test_where_a_promise_has_nothing_to_keep_it_nothing_is_run() -> None:
    ((_, status, said),) = in_lane("neither", 0, "escaping-network")
    assert status == "refused"
    assert "nothing on this machine can hide files from student code" in said and "docs/machines.md" in said


def test_every_lane_has_a_name_that_the_command_takes() -> None:
    assert {"everything", "container", "no-landlock", *(f"landlock-{n}" for n in range(1, 6))} <= set(LANES)


KILLED = """
import os, signal, sys, threading, time
from course.sandbox import Cell, ForkServer, Job
from tests.waiting import started
source = f'''
import os, time
for _ in range(2):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        os.execv("/bin/sleep", ["sleep", "{sys.argv[1]}"])
time.sleep(60)
'''
server = ForkServer(torch=False)
threading.Thread(target=server.run, args=[Job((Cell("daemons", source),))], daemon=True).start()
while len(started(sys.argv[1])) < 2:
    time.sleep(0.05)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_grader_leaves_nothing_running_without_namespaces_either() -> None:
    mark = f"{900 + os.getpid()}.5"
    words = [sys.executable, "-m", "tests.lanes", "container", sys.executable, "-c", KILLED, mark]
    run = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    assert run.returncode == -signal.SIGKILL, run.stderr
    until(lambda: not started(mark), "what a submission started still runs")
