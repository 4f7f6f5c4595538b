"""Deadlines: late penalties follow due date, extensions, policy and marks, without running student code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course.errors import CourseError
from course.grading import grade
from course.grading.batch import run_class
from course.grading.finding import find
from course.grading.grader import Grader
from course.grading.penalties import Penalties
from course.grading.settings import load_settings
from course.sandbox import Pool
from tests.commands import nbgrader
from tests.course_factory import LESSON, REPOSITORY, answered, hand_in, make_course

pytestmark = pytest.mark.slow

# Deducts a share of the score for each day that has begun.
POLICY = """
import math
from nbgrader.plugins import BasePlugin

class Late(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {share} * score * math.ceil(total_seconds_late / 86_400)
"""


# Deducts a configurable number of points.
CONFIGURED = """
from nbgrader.plugins import BasePlugin
from traitlets import Float

class Late(BasePlugin):
    points = Float(1.0).tag(config=True)

    def late_submission_penalty(self, *_):
        return self.points
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded course with a policy beside its settings; one student handed in 25 hours late."""
    root = make_course(tmp_path_factory.mktemp("late"))
    set_policy(root, POLICY.format(share=0.1))
    for student, time in {"prompt": "2026-03-10 11:00:00 UTC", "tardy": "2026-03-11 14:00:00 CET"}.items():
        folder = hand_in(root, student, answered(explain="It was worth the wait.")).parent
        (folder / "timestamp.txt").write_text(time)
    nbgrader(root, "db", "assignment", "add", LESSON, "--duedate=2026-03-10 12:00:00 UTC")
    assert grade(root=root, workers=1) == 0
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded course, to change."""
    return shutil.copytree(graded, tmp_path / "course")


def settings() -> str:
    return (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")


def set_policy(root: Path, text: str, more: str = "") -> None:
    (root / "late.py").write_text(text, encoding="utf-8")
    named = "c.AssignLatePenalties.plugin_class = 'late.Late'\n"
    (root / "nbgrader_config.py").write_text(f"{settings()}\n{named}{more}", encoding="utf-8")


def gradebook(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network")


def set_due(root: Path, date: str | None) -> None:
    with gradebook(root) as book:
        book.update_or_create_assignment(LESSON, duedate=date)


def extend(root: Path, **time: int) -> None:
    with gradebook(root) as book:
        book.grant_extension(LESSON, "tardy", **time)


def extend_and_forget_the_date(root: Path) -> None:
    extend(root, days=2)
    set_due(root, None)


def give_points(root: Path) -> None:
    with gradebook(root) as book:
        mark = book.find_grade("explain", LESSON, LESSON, "tardy")
        mark.manual_score, mark.needs_manual_grade = 5, False
        book.db.commit()


def remove_policy(root: Path) -> None:
    (root / "nbgrader_config.py").write_text(settings(), encoding="utf-8")


def penalties(root: Path) -> dict[str, float | None]:
    with gradebook(root) as book:
        found = book.find_assignment(LESSON).submissions
        return {s.student_id: s.notebooks[0].late_submission_penalty for s in found}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The jobs of student code that were run."""
    done: list[object] = []
    run = Pool.run
    monkeypatch.setattr(Pool, "run", lambda self, program, **more: done.append(program) or run(self, program, **more))
    return done


@pytest.mark.parametrize(
    ("change", "prompt", "tardy"),
    [
        (lambda root: set_due(root, "2026-04-10 12:00:00 UTC"), None, None),
        (lambda root: set_due(root, "2026-03-09 12:00:00 UTC"), 2, 6),
        (lambda root: set_due(root, "2026-03-10 12:00:00 America/New_York"), None, 2),
        (lambda root: set_due(root, None), None, None),
        (lambda root: extend(root, days=2), None, None),
        (lambda root: extend(root, hours=2), None, 2),
        (extend_and_forget_the_date, None, None),
        (lambda root: set_policy(root, POLICY.format(share=0.15)), None, 6),
        (lambda root: set_policy(root, CONFIGURED), None, 1),
        (lambda root: set_policy(root, CONFIGURED, "c.Late.points = 3\n"), None, 3),
        (remove_policy, None, None),
        (give_points, None, 5),
    ],
    ids=[
        "due later",
        "due earlier",
        "due in another time zone",
        "due never",
        "an extension",
        "an extension that is too short",
        "an extension of no due date",
        "a policy rewritten",
        "another policy of that name",
        "a policy configured",
        "a policy taken away",
        "points given by hand",
    ],
)
def test_what_is_taken_off_follows_without_a_run_of_student_code(
    change: Callable[[Path], None],
    prompt: float | None,
    tardy: float | None,
    course: Path,
    runs: list[object],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert penalties(course) == {"prompt": None, "tardy": 4}
    change(course)
    assert grade(root=course, workers=1, as_json=True) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = {"prompt": prompt, "tardy": tardy}
    assert penalties(course) == expected
    assert {t["student"]: t["late_submission_penalty"] or None for t in told} == expected
    assert [t["skipped"] for t in told] == [prompt is None, False]
    assert grade(root=course, workers=1) == 0
    assert "2 unchanged" in capsys.readouterr().out
    assert penalties(course) == expected
    assert runs == []


def test_one_student_graded_again_leaves_the_others_penalties(course: Path) -> None:
    set_due(course, "2026-03-09 12:00:00 UTC")
    assert grade(root=course, student="prompt", workers=1) == 0
    assert penalties(course) == {"prompt": 2, "tardy": 4}


def test_the_summary_names_who_is_late(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grade(root=course, workers=1)
    said = " ".join(capsys.readouterr().out.split())
    assert "1 late, 1 of them with points taken off" in said
    assert f"late: tardy {LESSON}: 1 d 1 h, 4 points taken off" in said


def test_nbgraders_own_command_takes_off_the_same(course: Path) -> None:
    give_points(course)
    set_due(course, "2026-03-09 12:00:00 UTC")
    grade(root=course, workers=1)
    ours = penalties(course)
    nbgrader(course, "autograde", LESSON, "--force")
    assert penalties(course) == ours == {"prompt": 2, "tardy": 7.5}


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("import no_such_package", r"late\.py, line 1;.*cannot be used: .*no_such_package"),
        ("class Late(", r"late\.py, line 1;.*SyntaxError"),
        ("Lat = 1", r"late\.py;.*no class Late"),
        ("class Late:\n    late_submission_penalty = 1", r"late\.py;.*BasePlugin"),
        ("from nbgrader.plugins import BasePlugin\nclass Late(BasePlugin): pass", r"late\.py;.*no method late_sub"),
        (CONFIGURED.replace("return self.points", "return 1 / 0"), r"late\.py, line 9;.*tardy.*ZeroDivisionError"),
        (
            CONFIGURED.replace("return self.points", "raise SystemExit"),
            r"late\.py, line 9;.*tardy.*it ends the program",
        ),
        (
            CONFIGURED.replace("return self.points", "return 'half'"),
            r"late\.py;.*tardy.*returns 'half', which is not a number",
        ),
        (CONFIGURED.replace("return self.points", "return float('nan')"), r"late\.py;.*returns nan"),
        (CONFIGURED.replace("return self.points", "return [1]"), r"late\.py;.*returns \[1\]"),
        (CONFIGURED.replace("(self, *_)", "(self)"), r"late\.py;.*TypeError.*takes 1 positional"),
        (CONFIGURED.replace("Float(1.0)", "Float('x')"), r"late\.py.*TraitError"),
    ],
)
def test_what_is_wrong_with_a_policy_is_one_sentence(policy: str, said: str, course: Path) -> None:
    set_policy(course, policy)
    with pytest.raises(CourseError, match=f"late policy late.Late .*{said}") as caught:
        grade(root=course, workers=1)
    assert "\n" not in str(caught.value)
    assert penalties(course) == {"prompt": None, "tardy": 4}


def test_a_policy_that_is_not_there_is_said_so(course: Path) -> None:
    set_policy(course, POLICY.format(share=0.1))
    (course / "late.py").unlink()
    with pytest.raises(CourseError, match="there is no late.py beside it"):
        grade(root=course, workers=1)


@pytest.mark.parametrize(
    ("returned", "taken"), [("-3", 0), ("1000", 20), ("float('inf')", 20), ("__import__('numpy').float32(2)", 2)]
)
def test_what_a_policy_returns_is_kept_between_nothing_and_all(returned: str, taken: float, course: Path) -> None:
    set_policy(course, CONFIGURED.replace("return self.points", f"return {returned}"))
    grade(root=course, workers=1)
    assert penalties(course)["tardy"] == taken


def test_what_lies_beside_the_settings_stands_in_for_no_package(course: Path) -> None:
    (course / "rates.py").write_text("SHARE = 0.05\n")
    for package in ("numpy", "course", "alembic", "json"):
        (course / f"{package}.py").write_text("raise ImportError('the wrong one')\n")
    set_policy(course, "import rates\n" + POLICY.format(share="rates.SHARE"))
    assert penalties(course)["tardy"] == 4
    done = subprocess.run(
        [Path(sys.executable).parent / "course", "grade", "--workers", "1"], cwd=course, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr.count("wrong one")) == (0, 0), done.stderr[-2000:]
    assert penalties(course)["tardy"] == 2
    assert str(course) not in sys.path


@pytest.mark.parametrize("marked", [True, False])
def test_a_policy_in_a_package_is_read_anew_with_all_that_it_imports(tmp_path: Path, marked: bool) -> None:
    """marked: whether the package has an `__init__.py`."""
    (tmp_path / "policies").mkdir()
    written = {"policies/late.py": "from policies.rates import SHARE\nimport a_week\n" + POLICY.format(share="SHARE")}
    written |= {"policies/rates.py": "SHARE = 0.1\n", "a_week.py": "", "policies/another.py": ""}
    written |= {"policies/__init__.py": ""} if marked else {}
    for place, text in written.items():
        (tmp_path / place).write_text(text)
    named = "c.AssignLatePenalties.plugin_class = 'policies.late.Late'\n"
    (tmp_path / "nbgrader_config.py").write_text(f"{settings()}\n{named}")

    def policy() -> Penalties:
        return Penalties(tmp_path, load_settings(tmp_path))

    assert policy().of("s", 20, 86_400) == 2
    assert {file.relative_to(tmp_path).as_posix() for file in policy().files} == set(written)
    (tmp_path / "policies" / "rates.py").write_text("SHARE = 0.05  # since the class asked\n")
    assert policy().of("s", 20, 86_400) == 1


def test_an_unconfigured_late_submission_loses_nothing(tmp_path: Path) -> None:
    remove_policy(tmp_path)
    policy = Penalties(tmp_path, load_settings(tmp_path))
    assert policy.of("s", 20, 3600) is None


def test_a_policy_counts_anew_for_each_notebook_as_in_nbgrader(tmp_path: Path) -> None:
    counting = CONFIGURED.replace("return self.points", "self.points += 1\n        return self.points")
    set_policy(tmp_path, counting)
    policy = Penalties(tmp_path, load_settings(tmp_path))
    assert [policy.of(student, 20, 3600) for student in ("a", "b")] == [2, 2]


def seeds(root: Path) -> dict[str, int]:
    done = root / ".course" / "grading" / "done" / LESSON
    return {path.stem: json.loads(path.read_text())["seed"] for path in done.iterdir()}


def test_again_runs_student_code_once_more_with_fresh_questions(course: Path, runs: list[object]) -> None:
    before = seeds(course)
    assert grade(root=course, workers=1, again=True, student="tardy") == 0
    assert len(runs) == 1
    after = seeds(course)
    assert (after["prompt"], after["tardy"] != before["tardy"]) == (before["prompt"], True)
    assert grade(root=course, workers=1, again=True) == 0
    assert len(runs) == 2  # the submissions are identical and share a run
    assert len({*seeds(course).values(), after["tardy"], before["tardy"]}) == 3
    assert grade(root=course, workers=1) == 0
    assert len(runs) == 2


def test_again_of_a_lesson_leaves_others_alone(course: Path, runs: list[object]) -> None:
    with pytest.raises(CourseError, match="nothing to grade"):
        grade(["way2_tensors"], root=course, workers=1, again=True)
    assert grade([LESSON], root=course, workers=1, again=True) == 0
    assert len(runs) == 1


def interrupted(root: Path, *, again: bool) -> None:
    """Grade the first submission and stop there, as if killed."""
    grader = Grader(root, again=again)
    run = run_class(grader, find(root, [LESSON]).tasks, 1)
    next(run)
    run.close()
    grader.close()


def test_a_run_again_that_was_interrupted_goes_on_with_its_own_questions(course: Path, runs: list[object]) -> None:
    before = seeds(course)
    interrupted(course, again=True)
    between = seeds(course)
    assert sorted(between[s] == before[s] for s in before) == [False, True]
    assert grade(root=course, workers=1, again=True) == 0
    assert set(seeds(course).values()) == set(between.values()) - set(before.values())
    assert len(runs) == 1


def test_again_after_an_interrupted_run_counts_nothing_of_it(course: Path, runs: list[object]) -> None:
    shutil.rmtree(course / ".course")
    interrupted(course, again=False)
    before = seeds(course)
    assert grade(root=course, workers=1, again=True) == 0
    assert not set(seeds(course).values()) & set(before.values())
    assert len(runs) == 2
