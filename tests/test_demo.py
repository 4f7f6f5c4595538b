"""The demo: a class worth looking at, that can be made again without harm and never touches a real one."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from course.bank import NO_NAME, answers
from course.demo import demo
from course.errors import CourseError
from course.grading.demo_class import COMMON, demo_class, notebook_of, write_class
from course.grading.standings import scores
from course.lessons import LESSONS, all_exercises
from course.reports.command import report
from tests.attacks.corpus import without_demonstrations

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("clone")
    for name in ("banks", "release", "source"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    return root


def test_the_class_has_everything_worth_seeing() -> None:
    students = demo_class(REPOSITORY)
    assert len(students) >= 24
    assert len({s.name for s in students}) == len(students)
    texts = {text for s in students for text in s.answers.values()}
    used = [entry for e in all_exercises() for entry in answers(REPOSITORY, e.id) if entry.source in texts]
    assert any(entry.kind == "right" for entry in used)
    assert len({entry.name for entry in used if entry.kind == "wrong"}) > 50


def test_some_mistakes_are_shared_by_many_and_come_back_and_many_are_made_by_one_or_two() -> None:
    students = demo_class(REPOSITORY)
    assert students == demo_class(REPOSITORY), "the same class each time"
    named = {(e.id, a.source): a.mistake for e in all_exercises() for a in answers(REPOSITORY, e.id) if a.mistakes}
    made = [
        {(i.partition(".")[0], named[i, text]) for i, text in s.answers.items() if (i, text) in named} for s in students
    ]
    count = Counter(mistake for own in made for mistake in {m for _, m in own})
    slip = "mask-from-gradient-sign"
    assert all(count[mistake] >= 4 for mistake in COMMON) and count[slip] == max(
        count[m] for m in count if m != NO_NAME
    )
    assert sum(n <= 2 for n in count.values()) > 20
    first, again = ({n for n, own in enumerate(made) if (lesson, slip) in own} for lesson in LESSONS[:2])
    assert len(first & again) >= 4
    assert [s.name for s in students if s.late] and [s.name for s in students if s.blank]


def test_a_real_class_is_left_alone(clone: Path) -> None:
    (clone / "submitted" / "maria").mkdir(parents=True)
    try:
        with pytest.raises(CourseError, match="maria"):
            demo(clone)
        assert sorted(p.name for p in (clone / "submitted").iterdir()) == ["maria"]
    finally:
        shutil.rmtree(clone / "submitted")


def test_without_the_banks_it_says_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="banks"):
        demo(tmp_path)


def test_the_same_class_is_written_a_second_time_without_touching_it(clone: Path) -> None:
    students = demo_class(clone)[:3]
    assert write_class(clone, students) == 18
    files = sorted((clone / "submitted").rglob("*.ipynb"))
    before = [f.stat().st_mtime_ns for f in files]
    assert write_class(clone, students) == 18
    assert [f.stat().st_mtime_ns for f in files] == before


@pytest.mark.slow
def test_the_demo_grades_its_class_and_writes_feedback(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    every = demo_class(clone)
    students = [*every[:-5:20], *every[-5:]]  # some of each kind: right, mistaken, and the five special ones
    monkeypatch.setattr("course.demo.demo_class", lambda _: students)
    monkeypatch.setattr(
        "course.grading.demo_class.notebook_of", lambda *given: without_demonstrations(notebook_of(*given))
    )
    assert demo(clone) == 0
    shown = capsys.readouterr().out
    found = scores(clone)
    assert len(found) == len(students) * len(LESSONS)
    assert all(found[(students[0].name, lesson)] == 20 for lesson in LESSONS)
    blank = next(s.name for s in students if s.name.endswith("blank"))
    assert all(found[(blank, lesson)] == 0 for lesson in LESSONS)
    assert len(list(clone.glob("feedback/*/*/*.html"))) == len(students) * len(LESSONS)
    assert "Where to look next" in shown
    assert shown.rstrip().endswith(f"The class report is {clone / 'report.html'}")
    report(root=clone, as_json=True)
    told = json.loads(capsys.readouterr().out)
    page = (clone / "report.html").read_text(encoding="utf-8")
    assert told["students"] == len(students) and told["no_verdicts"] == [] and len(told["mistakes"]) > 10
    assert all(f">{mistake['mistake'].replace('-', ' ')}<" in page for mistake in told["mistakes"])
    assert {late["student"] for late in told["late"]} == {s.name for s in students if s.late}
    assert page.count('href="feedback/') > len(told["mistakes"])
