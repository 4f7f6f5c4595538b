"""One class of attackers, vandals and four honest students: nobody gains, nobody is harmed, nothing is left behind.

Each attack's expected result is in its header (tests/attacks/). docs/threat-model.md says which promise each kind of
attack tests.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course.building.built_notebooks import REPOSITORY
from course.grading import examiners
from course.grading.examiners import Examiner
from course.grading.finding import find
from course.grading.graded import Graded
from course.grading.grader import Grader
from course.grading.standings import scores
from course.sandbox import ForkServer, pool
from course.sandbox.confinement import CannotConfine
from course.sandbox.processes import tree_of
from tests.attacks.classroom import (
    ATTACKS,
    DAMAGED,
    EVERYBODY,
    HONEST,
    LIMITS,
    ODD_NAMES,
    SECRETS,
    grade,
    hand_in_class,
    make_course,
    seen_in,
)
from tests.attacks.corpus import Attack, attacks
from tests.attacks.damages import DAMAGES, Damage

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Class:
    root: Path
    home: Path
    results: dict[str, Graded]
    before: dict[str, str]
    after: dict[str, str]
    left: list[str]
    connections: int


def _hashes(*tops: Path) -> dict[str, str]:
    """Return a digest of every file, without following links."""
    found = {}
    for top in tops:
        for file in sorted(top.rglob("*")):
            if file.is_symlink():
                found[str(file)] = os.readlink(file)
            elif file.is_file() and "__pycache__" not in file.parts:
                found[str(file)] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def _processes(mark: str) -> set[int]:
    """Return the ids of this process's descendants and of processes started with a mark in their environment."""
    found = set(tree_of(os.getpid()))
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
    return found


def _words(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _is_pythons_own(pid: int) -> bool:
    """Return whether a process is one of `multiprocessing`'s helpers, which end with this process, or is gone."""
    with contextlib.suppress(OSError):
        parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
        return parent == str(os.getpid()) and "multiprocessing" in _words(pid)
    return True


def _asked_about(session: pytest.Session) -> list[str]:
    """Return the students that the selected tests need, plus "honest"; all of them if every test is selected."""
    asked = {"honest"}
    for item in session.items:
        match item.callspec.params if hasattr(item, "callspec") else {}:
            case {"attack": Attack() as attack}:
                asked.add(attack.student)
            case {"damage": Damage() as damage}:
                asked.add(f"damage-{damage.name}")
            case {"student": str() as student}:
                asked.add(student)
    return [student for student in EVERYBODY if student in asked]


@pytest.fixture(scope="module")
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """One class with all selected students, graded once with two workers."""
    root, home, scratch = (tmp_path_factory.mktemp(name) for name in ("class", "home", "scratch"))
    make_course(root)
    (home / "sentinel").write_text(SECRETS[1])
    hand_in_class(root, _asked_about(request.session))
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    patch.setenv("TMPDIR", str(scratch))
    patch.setenv("COURSE_TOKEN", SECRETS[0])
    for module, kind in ((pool, ForkServer), (examiners, Examiner)):  # started for this class only, not reused
        patch.setattr(module, kind.__name__, kind)
    running = _processes(str(scratch))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        watched = (root / "source", root / "release", root / "submitted", home, REPOSITORY / "course" / "sandbox")
        before = _hashes(*watched)
        results = {graded.student: graded for graded in grade(root)}
        connections = 0
        try:
            listener.accept()
            connections = 1
        except BlockingIOError:
            pass
    left = [_words(pid) for pid in _processes(str(scratch)) - running if not _is_pythons_own(pid)]
    patch.undo()
    yield Class(root, home, results, before, _hashes(*watched), left, connections)


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) + len(DAMAGED) >= 60
    assert len(ATTACKS) == len(attacks()) and len(DAMAGED) == len(DAMAGES)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=lambda a: a.student)
def test_an_attack_comes_to_what_its_header_says(attack: Attack, graded: Class) -> None:
    result = graded.results[attack.student]
    assert result.status in attack.status.split("|") and result.score == attack.points, result
    if attack.outcome:
        assert result.outcomes[attack.place.partition(".")[2]] == attack.outcome


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.name)
def test_damage_is_mended_or_told(damage: Damage, graded: Class) -> None:
    result = graded.results[f"damage-{damage.name}"]
    assert (result.status, result.score) == (damage.status, damage.points), result
    assert result.status == "graded" or result.notes, "no reason is given"


@pytest.mark.parametrize("student", HONEST)
def test_the_honest_keep_their_points(student: str, graded: Class) -> None:
    result = graded.results[student]
    assert (result.status, result.score) == ("graded", HONEST[student][2]), result


@pytest.mark.parametrize("student", ODD_NAMES, ids=range(len(ODD_NAMES)))
def test_an_odd_name_costs_nothing(student: str, graded: Class) -> None:
    assert graded.results[student].score == 20, graded.results[student]


def test_everybody_has_a_score_in_the_gradebook(graded: Class) -> None:
    recorded = scores(graded.root)
    handed_in = {p.name for p in (graded.root / "submitted").iterdir()}
    assert {student for student, _ in recorded} == handed_in
    assert all(recorded[g.student, g.lesson] == g.score for g in graded.results.values())


def test_no_file_outside_changed(graded: Class) -> None:
    assert graded.after == graded.before


def test_no_process_is_left(graded: Class) -> None:
    assert graded.left == []


def test_nobody_called(graded: Class) -> None:
    assert graded.connections == 0


def test_nothing_was_reached_and_no_secret_was_seen(graded: Class) -> None:
    for student in graded.results:
        assert seen_in(graded.root, student) == [], student


def test_where_the_machine_cannot_confine_nothing_is_run(graded: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    task = next(j for j in find(graded.root, ["way1_numpy"], "honest").tasks)
    monkeypatch.setattr(pool, "ForkServer", ForkServer)
    missing = json.dumps({"network": "a socket can be opened."}).encode()
    monkeypatch.setattr(ForkServer, "_receive", lambda self, kind, seconds: missing)
    shutil.rmtree(graded.root / ".course" / "grading" / "transcripts", ignore_errors=True)
    with (
        contextlib.closing(Grader(graded.root, limits=LIMITS, confined=True)) as grader,
        pytest.raises(CannotConfine, match="network: a socket can be opened.*i-trust-every-student"),
    ):
        grader.examine(task)
