"""`course explain` and `course try`: an appeal sees what the graded run saw, and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course import try_answer
from course.building import reference_cells
from course.errors import CourseError
from course.grading import grade
from course.grading.appeal import explain
from course.grading.failing_case import MAX_SHOWN
from course.lessons import find
from course.try_answer import try_files, try_notebook
from tests.course_factory import LESSON, SLIP, answered, hand_in, make_course, record
from tests.course_factory import REPOSITORY as ROOT

pytestmark = pytest.mark.slow

BACKWARD = "way1_numpy.backward"
# Two answers whose mistake is named, and one that raises.
ANSWERS = {
    "slip": ("backward", SLIP),
    "mean": ("loss_fn", "def loss_fn(y_pred, y):\n    return np.square(y_pred - y).mean()\n"),
    "address": ("loss_fn", "def loss_fn(y_pred, y):\n    raise ValueError(object())\n"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a small graded class."""
    root = make_course(tmp_path_factory.mktemp("appeals"))
    for student, (name, source) in ANSWERS.items():
        hand_in(root, student, answered(**{name: source}))
    hand_in(root, "right", answered())
    hand_in(root, "torn", "{")
    hand_in(root, "timed", answered(forward="%%timeit\n" + reference_cells(LESSON)["forward"]))
    train = answered(train="def train(x, y, w1, w2, lr, steps):\n    return list(tqdm(range(steps)))\n")
    train.cells.insert(1, nbformat.v4.new_code_cell("from tqdm_not_here import tqdm", id="own"))
    hand_in(root, "import", train)
    assert grade(root=root, workers=2) == 0
    hand_in(root, "late", answered())
    return root


def asked_again(course: Path, capsys: pytest.CaptureFixture[str], student: str, exercise: str, **how: object) -> dict:
    capsys.readouterr()
    assert explain(student, exercise, root=course, as_json=True, **how) == 0  # type: ignore[arg-type]
    found: dict = json.loads(capsys.readouterr().out)
    return found


def card(course: Path, student: str, check: str) -> str:
    cells = nbformat.read(str(course / "autograded" / student / LESSON / f"{LESSON}.ipynb"), 4).cells
    outputs = next(c.outputs for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == f"check_{check}")
    return str(outputs[0].data["text/plain"])


@pytest.mark.parametrize("student", ANSWERS)
def test_grade_explain_and_try_say_the_same(
    course: Path, student: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    name, source = ANSWERS[student]
    again = asked_again(course, capsys, student, f"{LESSON}.{name}")
    assert again["same"] and again["changed"] == []
    assert again["message"] == again["recorded"] == card(course, student, name)
    (tmp_path / "answer.py").write_text(source, encoding="utf-8")
    notebook = course / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    for file in (tmp_path / "answer.py", notebook):
        assert try_files(f"{LESSON}.{name}", [file], seed=again["seed"], as_json=True) == 1
        tried = json.loads(capsys.readouterr().out)
        assert [tried[k] for k in ("outcome", "points", "mistake")] == [
            again[k] for k in ("outcome", "points", "mistake")
        ]
        assert tried["message"].startswith(again["message"].split("\n\n")[1].splitlines()[0])


def test_the_inputs_it_failed_on_are_shown_with_the_value_farthest_off(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = asked_again(course, capsys, "slip", BACKWARD)["case"]
    question = next(
        q
        for q in find(BACKWARD).questions(record(course, "slip")["seed"])
        if q.inputs["x"].astype(q.dtype).tolist() == case["inputs"]["x"]["values"]
    )
    assert case["inputs"]["y"]["shape"] == list(question.inputs["y"].shape)
    assert case["worst"]["name"] == "grad_h" and case["worst"]["got"] != case["worst"]["right"]
    explain("slip", BACKWARD, root=course)
    said = capsys.readouterr().out
    assert said.startswith("slip, way1_numpy.backward: 5 of 8 points in the gradebook; graded 20")
    assert "`grad_h[" in said and "came back as" in said and f"--seed {record(course, 'slip')['seed']}" in said


def test_every_array_of_a_case_with_small_sizes_is_shown_whole() -> None:
    questions = [find(BACKWARD).questions(seed)[0] for seed in range(200)]
    assert max(a.size for q in questions for a in q.inputs.values()) <= MAX_SHOWN


def test_points_given_by_hand_and_what_was_noted_are_told(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.find_grade("check_loss_fn", LESSON, LESSON, "mean").manual_score = 1.5
        book.db.commit()
    assert asked_again(course, capsys, "mean", "way1_numpy.loss_fn")["given_by_hand"] == 1.5
    torn = asked_again(course, capsys, "torn", BACKWARD)
    assert (torn["status"], torn["outcome"], torn["case"]) == ("unreadable", "not_run", None)
    assert any("JSON" in note for note in torn["notes"]) and "could not be read" in torn["message"]


def test_an_appeal_changes_nothing(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def contents() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in sorted(course.rglob("*")) if p.is_file()}

    before = contents()
    asked_again(course, capsys, "slip", BACKWARD)
    assert contents() == before


def test_a_changed_answer_is_asked_the_same(course: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "better.py").write_text(reference_cells(LESSON)["backward"], encoding="utf-8")
    found = asked_again(course, capsys, "slip", BACKWARD, changed=tmp_path / "better.py")
    assert (found["outcome"], found["with"]["outcome"], found["with"]["points"]) == ("fail", "pass", 8.0)
    other = course / "submitted" / "right" / LESSON / f"{LESSON}.ipynb"
    assert asked_again(course, capsys, "slip", BACKWARD, changed=other)["with"]["outcome"] == "pass"
    with pytest.raises(CourseError, match=r"nothing\.py cannot be read"):
        explain("slip", BACKWARD, changed=tmp_path / "nothing.py", root=course)


def test_what_changed_since_is_told(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = course / "submitted" / "address" / LESSON / f"{LESSON}.ipynb"
    before = place.read_text(encoding="utf-8")
    hand_in(course, "address", answered())
    found = asked_again(course, capsys, "address", "way1_numpy.loss_fn")
    assert "submitted/ has changed since" in found["changed"][0] and found["outcome"] == "crashed" and found["same"]
    place.write_text(before, encoding="utf-8")
    done = course / ".course/grading/done" / LESSON / "address.json"
    record = done.read_text(encoding="utf-8")
    done.write_text(json.dumps({**json.loads(record), "state": "another"}), encoding="utf-8")
    assert "the checks" in asked_again(course, capsys, "address", "way1_numpy.loss_fn")["changed"][0]
    done.write_text(record, encoding="utf-8")


def test_another_result_than_the_recorded_one_is_told(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = course / ".course/grading/done" / LESSON / "slip.json"
    record = done.read_text(encoding="utf-8")
    done.write_text(json.dumps({**json.loads(record), "seed": 7}), encoding="utf-8")  # this seed asks other sizes
    assert not asked_again(course, capsys, "slip", BACKWARD)["same"]
    explain("slip", BACKWARD, root=course)
    assert "another verdict than when it was graded" in capsys.readouterr().out
    done.write_text(record, encoding="utf-8")


@pytest.mark.parametrize(
    ("student", "exercise", "said"),
    [
        ("slpi", BACKWARD, "There is no student “slpi” .* Did you mean “slip”"),
        ("../slip", BACKWARD, "There is no student"),
        ("nobody at all", BACKWARD, "There is no student “nobody at all” in .*\\.$"),
        ("slip", "way2_tensors.backward", "^slip has handed in nothing for way2_tensors.$"),
        ("in the list only", BACKWARD, "^in the list only has handed in nothing for way1_numpy.$"),
        ("slip", "way1_numpy.backwrd", "Did you mean “way1_numpy.backward”"),
        ("late", BACKWARD, "has not been graded yet: run `course grade way1_numpy --student late`"),
    ],
)
def test_who_or_what_is_not_there_is_one_sentence(course: Path, student: str, exercise: str, said: str) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("in the list only")
    with pytest.raises(CourseError, match=said):
        explain(student, exercise, root=course)


# ---------------------------------------------------------------- what a student reads in a graded notebook


def test_a_function_under_timeit_is_told_where_it_is(course: Path) -> None:
    assert "`%%timeit` stands above `forward`" in card(course, "timed", "forward")


def test_a_missing_name_tells_of_the_import_that_failed(course: Path) -> None:
    said = card(course, "import", "train")
    assert "name 'tqdm' is not defined" in said and "No module named 'tqdm_not_here'" in said


def test_a_torn_file_is_not_told_as_deleted_cells(course: Path) -> None:
    assert "could not be read" in card(course, "torn", "forward")
    assert "deleted" not in card(course, "torn", "forward")


# ---------------------------------------------------------------- course try NOTEBOOK


def test_a_notebook_is_tried_with_the_cells_before_it(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = course / "submitted" / "slip" / LESSON / f"{LESSON}.ipynb"
    with_release = try_notebook(find(BACKWARD), notebook, seed=3).verdict
    assert with_release.mistake == "mask-from-gradient-sign"
    train = try_notebook(find("way1_numpy.train"), notebook, seed=3).verdict
    assert train.passed and "backward" in train.remark  # run with a correct one, as in grading
    monkeypatch.setattr(try_answer, "REPOSITORY", course / "nowhere")  # as for students, who only have the package
    monkeypatch.chdir(course.parent)
    assert try_notebook(find(BACKWARD), notebook, seed=3).verdict == with_release
    blocked = try_notebook(find("way1_numpy.train"), notebook, seed=3).verdict
    assert (blocked.outcome, blocked.blocked_by) == ("not_run", ("backward",))


def test_what_cannot_be_tried_is_one_sentence(course: Path, tmp_path: Path) -> None:
    torn, other, folder = tmp_path / "torn.ipynb", tmp_path / "other.ipynb", tmp_path / "folder"
    torn.write_text("{", encoding="utf-8")
    way2 = (ROOT / "release/way2_tensors/way2_tensors.ipynb").read_text(encoding="utf-8")
    other.write_text(way2, encoding="utf-8")
    folder.mkdir()
    for file, said in {
        torn: "torn.ipynb cannot be tried: .*JSON is broken",
        other: "other.ipynb is the notebook of way2_tensors, not of way1_numpy",
        folder: "folder cannot be read: Is a directory",
        tmp_path / "no.ipynb": "no.ipynb cannot be read: No such file",
    }.items():
        with pytest.raises(CourseError, match=said):
            try_files(BACKWARD, [file])


def test_a_notebook_without_names_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = answered()
    for cell in bare.cells:
        cell.metadata.pop("nbgrader", None)
    path = tmp_path / "bare.ipynb"
    path.write_text(nbformat.writes(bare, version=4), encoding="utf-8")
    monkeypatch.setattr(try_answer, "REPOSITORY", tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match=r"bare\.ipynb cannot be tried: it has no cells of way1_numpy"):
        try_files(BACKWARD, [path])
