"""Questions stated in a lesson's own text: judged alike by every command, with their solutions kept secret."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbgrader.api import Gradebook

from course.building import build, reference_cells
from course.building.built_notebooks import REPOSITORY, notebook_path
from course.building.lesson import read_lesson
from course.building.questions import own_questions
from course.building.rules import check_lesson
from course.desk.kit import kit_files
from course.errors import CourseError
from course.grading import grade
from course.grading.appeal import explain
from course.grading.grader import Grader
from course.grading.release import built_parts
from course.judging import as_text
from course.lessons import LESSONS, exercises_from
from course.lessons.definitions import definitions, function_of
from course.lessons.stated import called, unpack
from course.notebook import Check, CheckFailed
from course.sandbox import Job, Pool, RunResult
from course.try_answer import try_files
from tests.commands import nbgrader

GUIDE = (REPOSITORY / "docs" / "own-question.md").read_text(encoding="utf-8")
TEXT = next(block for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL) if 'name="setup"' in block)
LESSON = "week7"
BACKWARD, STANDARDISE = "layer_backward", "standardise"

# Answers to the guide's two questions, with the points they earn.
ANSWERS: dict[str, dict[str, tuple[str, float]]] = {
    "right": {
        BACKWARD: (
            "def layer_backward(x, w, grad_out):\n    s = grad_out / (1 + np.exp(-x.dot(w)))\n"
            "    return s.dot(w.T), x.T.dot(s)",
            4,
        ),
        STANDARDISE: ("def standardise(x):\n    return (x - np.mean(x, 0)) / np.std(x, 0)", 2),
    },
    "one_wrong": {
        BACKWARD: (
            "def layer_backward(x, w, grad_out):\n    s = grad_out / (1 + np.exp(-x.dot(w)))\n"
            "    return s.dot(w.T), 2 * x.T.dot(s)",
            2,
        ),
        STANDARDISE: ("def standardise(x):\n    return (x - np.mean(x, 0)) / np.std(x, 0, ddof=1)", 0),
    },
    "autograd": {
        BACKWARD: (
            "def layer_backward(x, w, grad_out):\n    x, w = (torch.tensor(a, requires_grad=True) for a in (x, w))\n"
            "    layer(x, w).backward(torch.tensor(grad_out))\n    return x.grad.numpy(), w.grad.numpy()",
            0,
        ),
        # hard-coded for the shapes of the public cases
        STANDARDISE: (
            "def standardise(x):\n    known = {(7, 5), (4, 6), (2, 2)}\n"
            "    return (x - x.mean(0)) / x.std(0) if x.shape in known else x",
            0,
        ),
    },
    "thief": {
        BACKWARD: ("def layer_backward(x, w, grad_out):\n    return grad_out", 0),
        STANDARDISE: (
            "import gc, pathlib, sys\n\n\ndef standardise(x):\n    word = '_'.join(['centred', 'columns'])\n"
            "    frame, texts = sys._getframe(1), []\n"
            "    objects = gc.get_objects()\n"
            "    while frame:\n        objects += frame.f_locals.values(); frame = frame.f_back\n"
            "    for o in objects:\n        try:\n"
            "            texts.append(str(o)[:10**5] if type(o) in (dict, list, tuple, str, bytes) else '')\n"
            "        except Exception:\n            pass\n"
            "    for path in pathlib.Path('ROOT').rglob('*.ipynb'):\n"
            "        try:\n            texts.append(path.read_text())\n        except OSError:\n            pass\n"
            "    print('found' if any(word in t for t in texts) else 'nothing')\n    return x",
            0,
        ),
    },
    "blank": {},
}


def lesson_in(root: Path, text: str = TEXT, name: str = LESSON) -> Path:
    (root / "lessons").mkdir(parents=True, exist_ok=True)
    (root / "lessons" / f"{name}.py").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with the guide's lesson, built and handed in, not yet graded."""
    root = lesson_in(tmp_path_factory.mktemp("stated"))
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    build([LESSON], root=root)
    for student, answers in ANSWERS.items():
        notebook = nbformat.read(str(notebook_path("release", LESSON, root)), as_version=4)
        for cell in notebook.cells:
            if cell.id in answers:
                cell.source = answers[cell.id][0].replace("ROOT", str(root))
        path = root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, str(path))
    return root


class Recorded:
    """Packed jobs as sent to the sandbox, and their results."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []
        self.seen: list[RunResult] = []


@pytest.fixture(scope="module")
def sent() -> Recorded:
    return Recorded()


@pytest.fixture(scope="module")
def graded(course: Path, sent: Recorded) -> Path:
    shutil.copytree(course, course.with_name("by-nbgrader"))
    with pytest.MonkeyPatch.context() as patch:
        run = Pool.run

        def recorded(self: Pool, job: Job, **options: Any) -> RunResult:
            from course.sandbox.job import pack_questions_by_name

            run_result = run(self, job, **options)
            sent.jobs.append(job.pack() + pack_questions_by_name(job.questions))
            sent.seen.append(run_result)
            return run_result

        patch.setattr(Pool, "run", recorded)
        assert grade([LESSON], root=course, workers=1) == 0
    return course


@pytest.fixture(scope="module")
def by_nbgrader(graded: Path) -> Path:
    other = graded.with_name("by-nbgrader")
    for words in (["generate_assignment", LESSON, "--force"], ["autograde", LESSON], ["generate_feedback", LESSON]):
        nbgrader(other, *words, HOME=str(other), CUDA_VISIBLE_DEVICES="")
    return other


def points(root: Path, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission_notebook(LESSON, LESSON, student).grades
        return {g.name.removeprefix("check_"): g.auto_score for g in found}


def expected(student: str) -> dict[str, float]:
    return {name: ANSWERS[student].get(name, ("", 0.0))[1] for name in (BACKWARD, STANDARDISE)}


@pytest.mark.parametrize("student", ANSWERS)
def test_course_grade_gives_an_answer_its_points(student: str, graded: Path) -> None:
    assert points(graded, student) == expected(student)


@pytest.mark.slow
@pytest.mark.parametrize("student", ANSWERS)
def test_nbgraders_own_autograde_gives_the_same(student: str, by_nbgrader: Path) -> None:
    assert points(by_nbgrader, student) == expected(student)
    page = (by_nbgrader / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "centred_columns" not in page


@pytest.mark.parametrize("name", [BACKWARD, STANDARDISE])
def test_course_try_gives_the_same(
    name: str, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    students = [s for s in ANSWERS if name in ANSWERS[s]]
    files = []
    for student in students:
        files.append(tmp_path / f"{student}.py")
        files[-1].write_text(ANSWERS[student][name][0], encoding="utf-8")
    monkeypatch.chdir(course)
    assert try_files(f"{LESSON}.{name}", files, as_json=True) == 1
    found = [json.loads(line)["points"] for line in capsys.readouterr().out.splitlines()]
    assert found == [expected(student)[name] for student in students]


def test_students_without_the_solution_try_a_reference_on_its_public_cases(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(course / "release", tmp_path / "release")
    monkeypatch.chdir(tmp_path)
    for student, status in (("right", 0), ("one_wrong", 1)):
        file = tmp_path / f"{student}.py"
        file.write_text("import numpy as np\n" + ANSWERS[student][STANDARDISE][0], encoding="utf-8")
        assert try_files(f"{LESSON}.{STANDARDISE}", [file]) == status


def checked_in_notebook(root: Path, name: str, answer: str) -> tuple[dict[str, Any], str]:
    """Run a released notebook's check cell after an answer; return the notebook's namespace and the check's message."""
    cells = {c.id: c.source for c in nbformat.read(str(notebook_path("release", LESSON, root)), as_version=4).cells}
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(cells["setup"], namespace)
    exec(answer, namespace)
    namespace["check"] = Check(LESSON, namespace, "cpu")
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("course.notebook.check.show", lambda verdict, *_, **__: said.append(as_text(verdict)))
        with contextlib.suppress(CheckFailed):
            exec(cells[f"check_{name}"], namespace)
    assert said
    return namespace, said[0]


def check_in_notebook(root: Path, name: str, answer: str) -> str:
    """Return the message of a check cell after an answer, "" for a pass."""
    said = checked_in_notebook(root, name, answer)[1]
    return "" if said.startswith("✓") else said


def test_the_notebooks_check_judges_as_grading_does(course: Path) -> None:
    for name in (BACKWARD, STANDARDISE):
        assert check_in_notebook(course, name, ANSWERS["right"][name][0]) == ""
        assert "wrong values" in check_in_notebook(course, name, ANSWERS["one_wrong"][name][0])
    assert "refused" in check_in_notebook(course, BACKWARD, ANSWERS["autograd"][BACKWARD][0])


@pytest.mark.parametrize("name", [BACKWARD, STANDARDISE])
def test_a_stated_question_has_a_case_a_hint_and_its_place_in_the_progress(
    name: str, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    namespace, _ = checked_in_notebook(course, name, ANSWERS["one_wrong"][name][0])
    check = namespace["check"]
    case = check.case(name)
    made = namespace[name](**case)
    last = made[-1] if isinstance(made, tuple) else made
    assert np.array_equal(last, list(case.yours.values())[-1]) and "The first entry that differs is" in repr(case)
    check.hint(name)
    check.progress()
    told = capsys.readouterr().out
    assert f'`check.case("{name}")` hands out the inputs' in told and "No mistake that the check knows" in told
    assert f"✗ {name}  {ANSWERS['one_wrong'][name][1]:g} of" in told and f"Next: `{name}`." in told
    fresh = Check(LESSON, namespace, "cpu")
    with pytest.raises(CheckFailed, match="known once its check has run"):
        fresh.case(name)


def test_a_gradient_is_asked_anew_and_without_its_forward_pass_says_what_to_run(course: Path) -> None:
    statement = "gradient of layer; x (n), -> grad_x; 1 point".replace(",", "")
    with pytest.raises(CheckFailed, match="run the cell that defines it"):
        Check(LESSON, {}, "cpu")("layer_backward", statement)


def test_explain_shows_the_very_numbers_again(graded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("one_wrong", f"{LESSON}.{STANDARDISE}", as_json=True, root=graded) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["same"] and told["outcome"] == "fail"
    assert told["case"]["worst"]["name"] == "z"


# What stays secret

SECRET = "centred_columns"


def test_a_solution_reaches_neither_release_nor_sandbox_nor_what_comes_back(graded: Path, sent: Recorded) -> None:
    solution = reference_cells(LESSON, graded)[STANDARDISE]
    assert SECRET in solution, "there is something to look for"
    code = function_of("import numpy as np\n" + solution, STANDARDISE).__code__
    released = notebook_path("release", LESSON, graded).read_bytes()
    stored = called(next(c.source for c in nbformat.reads(released.decode(), 4).cells if c.id == "check_standardise"))
    assert stored is not None
    numbers = b"".join(a.tobytes() for case in unpack(stored.stored) for a in case.inputs.values())
    came_back = [t.pack() for t in sent.seen]
    assert sent.jobs and came_back
    for blob in (released, numbers, *sent.jobs, *came_back):
        assert SECRET.encode() not in blob
        assert code.co_code not in blob
    for path in (graded / ".course").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path


def test_a_students_kit_checks_the_question_without_its_solution(course: Path, tmp_path: Path) -> None:
    files = kit_files([LESSON], course)
    (wheel,) = (content for name, content in files.items() if name.endswith(".whl"))
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        archive.extractall(tmp_path)
    inside = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert not [name for name, content in {**files, **inside}.items() if SECRET.encode() in content]
    cells = {c.id: c.source for c in nbformat.reads(files[f"{LESSON}/{LESSON}.ipynb"].decode(), as_version=4).cells}
    for student, said in (("right", "✓"), ("one_wrong", "wrong values")):
        parts = (cells["setup"], ANSWERS[student][STANDARDISE][0], cells[f"check_{STANDARDISE}"])
        script = "\n".join([*parts, "import course; print(course.__file__)"])
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert said in done.stdout + done.stderr
        assert student != "right" or str(tmp_path) in done.stdout


def test_a_thief_in_the_sandbox_finds_nothing(graded: Path, sent: Recorded) -> None:
    answers = [a for t in sent.seen for a in t.answers.get(STANDARDISE, ()) if "centred" in a.source]
    assert answers
    assert {a.printed.strip() for a in answers} == {"nothing"}


def test_public_cases_differ_from_those_that_are_graded(graded: Path) -> None:
    parts = built_parts(LESSON, graded)
    assert parts is not None
    public = unpack(next(p for p in parts if p.name == STANDARDISE).stored)
    (exercise,) = [e for e in exercises_from(LESSON, parts) if e.name == STANDARDISE]
    asked = [q.inputs["x"].tobytes() for seed in (7, 8) for q in exercise.questions(seed)]
    assert len(set(asked)) == len(asked)
    assert not set(asked) & {case.inputs["x"].tobytes() for case in public}


def test_a_submission_is_asked_again_once_the_solution_has_changed(graded: Path, tmp_path: Path) -> None:
    root = tmp_path / "changed"
    shutil.copytree(graded, root)
    lesson_in(root, TEXT.replace("x.std(axis=0)", "x.std(axis=0, ddof=1)"))
    build([LESSON], root=root)
    assert grade([LESSON], student="one_wrong", root=root, workers=1) == 0
    assert points(root, "one_wrong")[STANDARDISE] == 2


# Errors for a wrong question line

LINE = "gradient of layer; x (n, d_in), w (d_in, d_h), grad_out (n, d_h) -> grad_x, grad_w; 4 points"
OTHER = "reference; x (n, d_in) -> z (n, d_in); sizes from 2; 2 points"
FAULTS = {
    "no kind": (LINE, LINE.replace("gradient of layer", "gradients"), "begin with `gradient of FORWARD;`"),
    "unknown letter": (LINE, LINE.replace("x (n, d_in)", "x (m, d_in)"), "`m` is no size in the shape of `x`"),
    "zero": (LINE, LINE.replace("x (n, d_in)", "x (n, 0)"), "`0` is no size"),
    "no arrow": (LINE, LINE.replace("->", ","), "has no `->`"),
    "nothing in": (OTHER, OTHER.replace("x (n, d_in) ->", "->"), "nothing goes in"),
    "nothing out": (OTHER, OTHER.replace("z (n, d_in);", ";"), "nothing comes out"),
    "no points": (LINE, LINE.replace("; 4 points", ""), "what it is worth"),
    "points in words": (LINE, LINE.replace("4 points", "four points"), "`four points` is not known"),
    "twice the points": (LINE, LINE + "; 5 points", "a second time"),
    "unknown dtype": (LINE, LINE + "; float16", "`float16` is not known"),
    "name twice": (LINE, LINE.replace("w (d_in", "x (d_in"), "`x` goes in twice"),
    "no bracket": (LINE, LINE.replace("x (n, d_in)", "x (n, d_in"), "cannot be read"),
    "gradient of nothing": (LINE, LINE.replace("-> grad_x", "-> grad_b"), "the gradient of none of its inputs"),
    "another forward": (LINE, LINE.replace("layer;", "leyer;"), "no `def leyer`"),
    "a forward that is a blank": (LINE, LINE.replace("of layer;", "of layer_backward;"), "a blank that students fill"),
    "a forward with more": ("def layer(x, w):", "def layer(x, w, b):", "takes `b`, and the question does not state"),
    "two from above": (LINE, LINE.replace("grad_out (", "g (n), grad_out ("), "takes (x, w, grad_out)"),
    "other arguments": ("def standardise(x):", "def standardise(a):", "takes (a), and its question states x"),
    "a forward for arrays": ("torch.log1p(torch.exp(x @ w))", "np.tanh(x @ w)", "`layer` cannot be asked with n="),
    "nothing from above": (
        LINE,
        LINE.replace(", grad_out (n, d_h)", ""),
        "takes (x, w, grad_out), and its question states x, w",
    ),
    "another shape from above": (LINE, LINE.replace("grad_out (n, d_h)", "grad_out (d_h)"), "they are to be the same"),
    "no solution": ("    ### BEGIN SOLUTION\n    centred", "    centred", "`END SOLUTION` has no"),
    "number of results": (OTHER, OTHER.replace("z (n, d_in)", "z (n, d_in), m (d_in)"), "2 are stated (z, m)"),
    "shape of a result": (OTHER, OTHER.replace("z (n, d_in)", "z (n)"), "comes out with the shape"),
    "a result for no input": (OTHER, OTHER.replace("z (n, d_in)", "z (n, d_h)"), "in that of no input"),
    "not finite": (OTHER, OTHER.replace("; sizes from 2", ""), "sizes from 2"),
    "not the same twice": ("centred_columns / ", "np.random.rand() * centred_columns / ", "other numbers"),
    "a name not there": ("centred_columns / x", "centred_columns / later(x) / x", "NameError"),
    "a taken name": (OTHER, OTHER.replace("x (n, d_in)", "seed (n, d_in)"), "cannot be called `seed`"),
    "a float below": (OTHER, OTHER.replace("x (n, d_in)", "x (n, d_in) < n"), "only integers"),
    "two lines": ("# question: reference", "# question: reference\n# question: reference", "2 times"),
    "line in the solution": (
        f"# question: {OTHER}\n",
        "",
        "line `# question: …`",
    ),
    "line elsewhere": ("import torch\n", "import torch\n# question: reference\n", "belongs into an exercise cell"),
    "no start": (f'check = start("{LESSON}")', 'check = start("way1_numpy")', f'check = start("{LESSON}")'),
    "a class": ("def standardise(x):", "class standardise:", "there is no `def standardise`"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_line_is_told_with_its_cell_and_what_to_write(fault: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[fault]
    assert old in TEXT
    with pytest.raises(CourseError) as error:
        lesson = read_lesson(lesson_in(tmp_path, TEXT.replace(old, new)) / "lessons" / f"{LESSON}.py")
        check_lesson(lesson, [])
        own_questions(lesson, {})
    assert said in str(error.value)
    assert str(error.value).startswith(f"lessons/{LESSON}.py, line ")


KINDS = {
    "a number comes out, labels go in": (
        "reference; scores (n, d_out), labels (n) int < d_out -> loss; 3 points",
        "def f(scores, labels):\n    '''Do.'''\n    ### BEGIN SOLUTION\n"
        "    return float(-scores[np.arange(len(labels)), labels].sum())\n    ### END SOLUTION",
    ),
    "tensors, a number and a size": (
        "reference; x (n, 3), lr, d_in, k int -> y (n, 3); tensors; float32; 1.5 points",
        "def f(x, lr, d_in, k):\n    '''Do.'''\n    ### BEGIN SOLUTION\n"
        "    return torch.relu(x) * lr + d_in - k\n    ### END SOLUTION",
    ),
    "a scalar forward pass, one gradient of a number": (
        "gradient of total; s (n) > 0, a -> grad_s, grad_a; tensors; 2 points",
        "def total(s, a):\n    return (SCALE * a * torch.log(s)).sum()\n\n\nSCALE = 2.5\n\n\n"
        "def f(s, a):\n    '''Do.'''\n    ### BEGIN SOLUTION\n    return SCALE * a / s, SCALE * torch.log(s).sum()\n"
        "    ### END SOLUTION",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_many_kinds_of_questions_can_be_stated(kind: str, tmp_path: Path) -> None:
    line, code = KINDS[kind]
    head = TEXT[: TEXT.index("# %% [markdown]")].replace(LESSON, "own")
    prose = '# %% [markdown] role="prose" name="p"\n# ## P\n\n# %% role="exercise" name="f"\n'
    text = f"{head}{prose}# question: {line}\n{code}\n"
    lesson = read_lesson(lesson_in(tmp_path, text, "own") / "lessons" / "own.py")
    check_lesson(lesson, [])
    own = own_questions(lesson, {})["f"]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(head, namespace)
    exec(code, namespace)
    namespace["check"] = Check("own", namespace, "cpu")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "displayhook", lambda value: pytest.fail("part of the points only"))
        exec(own.check, namespace)
        namespace["f"] = lambda *given: None
        with pytest.raises(CheckFailed, match="None"):
            exec(own.check, namespace)


# A lesson of the course, modified in its text


def test_exercises_may_be_left_out_and_points_said_in_the_text(tmp_path: Path) -> None:
    text = (REPOSITORY / "lessons" / "way4_sequential.py").read_text(encoding="utf-8")
    for name in ("make_model", "train"):
        text = re.sub(
            rf'^# %% role="(?:exercise|check)" name="(?:check_)?{name}"\n.*?(?=^# %%|\Z)', "", text, flags=re.M | re.S
        )
    text = re.sub(r'^# %% role="demonstration".*?(?=^# %%|\Z)', "", text, flags=re.M | re.S)
    text = text.replace('role="check" name="check_make_loss"', 'role="check" name="check_make_loss" points=7')
    again = text[text.index('# %% [markdown] role="written"') :]
    again = re.split(r"^# %%", again[3:], flags=re.M)[0]
    text += "\n# %%" + again[1:].replace('name="explain"', 'name="why" points=3')
    root = lesson_in(tmp_path, text, "way4_sequential")
    build(["way4_sequential"], root=root)
    parts = built_parts("way4_sequential", root)
    assert parts is not None
    exercises = exercises_from("way4_sequential", parts)
    assert [(e.name, e.points) for e in exercises] == [("make_loss", 7), ("linear_backward", 6)]
    cells = nbformat.read(str(notebook_path("release", "way4_sequential", root)), as_version=4).cells
    marks = {c.id: c.metadata.nbgrader.points for c in cells if "points" in c.metadata.get("nbgrader", {})}
    assert marks == {"check_make_loss": 7, "check_linear_backward": 6, "explain": 5, "why": 3}
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    answer = root / "submitted" / "one" / "way4_sequential" / "way4_sequential.ipynb"
    answer.parent.mkdir(parents=True)
    shutil.copy(notebook_path("source", "way4_sequential", root), answer)
    with contextlib.closing(Grader(root)) as grader:
        assert [e.name for e in grader.assignments.exercises("way4_sequential", "way4_sequential")] == [
            "make_loss",
            "linear_backward",
        ]
    assert grade(["way4_sequential"], root=root, workers=1) == 0
    done = json.loads((root / ".course/grading/done/way4_sequential/one.json").read_text())
    assert (done["score"], done["max_score"]) == (13, 13)


def test_the_courses_own_lessons_are_whole() -> None:
    for lesson in LESSONS:
        parts = built_parts(lesson, REPOSITORY)
        assert parts is not None
        assert sum(e.points for e in exercises_from(lesson, parts)) == 20


def test_a_constant_with_a_type_goes_with_the_forward_pass() -> None:
    cell = "EPS: float = 1e-8\nWAITS: float\n\n\ndef forward(x):\n    return x + EPS\n"
    assert function_of(definitions([cell], "forward"), "forward")(1.0) == 1 + 1e-8
