"""Answers reach the examiner and the store as the same bytes that the sandbox sent."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
import pytest
import safetensors.numpy
from nbformat.notebooknode import NotebookNode

from course.grading.cell import copied
from course.grading.examiner import examine
from course.grading.jobs import QuestionSet
from course.grading.outputs import text_of
from course.grading.release import read_built
from course.grading.store import LARGE_BYTES, CachedRun, Store
from course.grading.submission import mend
from course.runner import Answer, Failure, Value, head_end, pack_answers, unpack_answers
from course.sandbox import RunResult, job
from course.sandbox.job import Packed
from tests.course_factory import REPOSITORY

LESSON = "way1_numpy"


def answer(*sizes: int, failure: Failure | None = None) -> Answer:
    arrays = {f"v{i}": np.random.default_rng(size).standard_normal(size) for i, size in enumerate(sizes)}
    return Answer({name: Value("array", "ndarray", a, "float64") for name, a in arrays.items()}, {}, failure)


LARGE = LARGE_BYTES // 8 + 1


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float32", "float64", ">f8", ">i4"])
@pytest.mark.parametrize(
    "make",
    [
        lambda a: a,
        lambda a: a.T,
        lambda a: a[::2, 1:],
        lambda a: a[:0],
        lambda a: a[1, 1, ...],
        lambda a: np.broadcast_to(a[0, 0], (3, 2)),
    ],
    ids=["whole", "turned", "strided", "empty", "one number", "repeated"],
)
def test_numbers_come_out_as_they_went_in(dtype: str, make: Callable[[np.ndarray], np.ndarray]) -> None:
    array = make(np.arange(12).reshape(4, 3).astype(dtype))
    there = Answer({"one": Value("array", "ndarray", np.ones(3)), "two": Value("array", "ndarray", array)}, {}, None)
    (back,) = unpack_answers(pack_answers([there]))
    for name, sent in there.values.items():
        got = back.values[name].array
        assert got is not None and sent.array is not None
        assert got.dtype == sent.array.dtype.newbyteorder("=") and got.shape == sent.array.shape
        assert np.array_equal(got, sent.array)


def test_what_is_packed_is_what_safetensors_would_write() -> None:
    arrays = {
        name: np.arange(6).reshape(2, 3).astype(name) for name in ("float32", "float64", "bool", "int64", "uint8")
    }
    arrays |= {"size": np.array(2.5), "a": np.zeros((0, 4)), "b": np.arange(6.0)[::2]}
    there = Answer({name: Value("array", "ndarray", array) for name, array in arrays.items()}, {"order": "é"}, None)
    packed = pack_answers([there])
    plain = {f"0/{name}": np.array(array, order="C") for name, array in arrays.items()}
    said = json.loads(packed[8 : head_end(packed)])["__metadata__"]
    assert packed == safetensors.numpy.save(plain, metadata=said)


RUN = RunResult(
    "done",
    answers={
        "forward": Packed([pack_answers([answer(3, LARGE, 5, LARGE + 1)]), pack_answers([answer(LARGE)])]),
        "backward": Packed([pack_answers([answer(3)])]),
    },
)


def test_what_is_kept_comes_back_in_its_bytes_and_large_arrays_are_kept_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.cache("ab" * 32, CachedRun(7, "asked", RUN))
    store.cache("cd" * 32, CachedRun(7, "asked", RUN))
    cached = store.run_result("ab" * 32)
    assert cached is not None and (cached.seed, cached.questions) == (7, "asked")
    assert cached.run_result.pack() == RUN.pack()
    files = [path for path in (store.folder / "arrays").rglob("*") if path.is_file()]
    assert len(files) == 2, "that of one size is the same in both answers"
    files[0].write_bytes(files[0].read_bytes()[:-1])
    assert store.run_result("ab" * 32) is None, "an array is damaged"


def test_only_answers_that_failed_are_read_to_see_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = [pack_answers([a]) for a in (answer(3), answer(failure=Failure("raised", "NameError")))]
    read: list[bytes] = []
    monkeypatch.setattr(job, "received", lambda blob: read.append(blob) or received(blob))
    run_result = RunResult("done", answers={"forward": Packed(blobs)})
    assert [failure.type_name for failure in run_result.failures] == ["NameError"]
    assert read == [blobs[1]]
    assert len(pickle.loads(pickle.dumps(run_result)).answers["forward"]) == 2


received = job.received
ASKED = QuestionSet(LESSON, 3, "cpu")


@pytest.mark.parametrize("blob", [b"", b"{}", b"\xff" * 100, pack_answers([answer(3)])[:-1]])
def test_bytes_that_are_no_answer_cost_their_exercise_only(blob: bytes) -> None:
    release = read_built("release", LESSON, REPOSITORY)
    blank = pack_answers([Answer(failure=Failure("blank"))])
    answers = {name: Packed([blank for _ in asked]) for name, asked in ASKED.questions.items()}
    answers["forward"] = Packed([blob, *answers["forward"].blobs[1:]])
    verdicts = examine(mend(release.notebook.cells, release), ASKED, RunResult("done", answers=answers)).verdicts
    failures = {name: verdict.failure and verdict.failure.kind for name, verdict in verdicts.items()}
    assert failures == {**dict.fromkeys(failures, "blank"), "forward": "unjudged"}


def test_a_graded_notebook_is_written_byte_for_byte_as_nbformat_does() -> None:
    notebook = copied(read_built("release", LESSON, REPOSITORY).notebook)
    shown = {"text/plain": "one\ntwo\x0bthree", "text/html": '<b>"ä"</b>\n\n'}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "é\r\nline\u2028end\n"},
        {"output_type": "display_data", "data": shown, "metadata": {}},
        {"output_type": "execute_result", "data": {"text/plain": ""}, "metadata": {}, "execution_count": None},
        {"output_type": "error", "ename": "E", "evalue": "a\nb", "traceback": ["a\nb", ""]},
    ]
    for i, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.outputs = [NotebookNode(output) for output in outputs[: i % 5]]
        cell.metadata.points = [1.5, 0.1 + 0.2, 1e300, None, True, {}, []][i % 7]
    for metadata in (notebook.metadata, {}):
        made = nbformat.from_dict({**notebook, "metadata": metadata})
        assert text_of(made) == nbformat.v4.writes(made)
