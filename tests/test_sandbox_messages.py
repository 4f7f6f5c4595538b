"""Messages between worker, guard and grader arrive whole; what a submission may forge is refused or bounded."""

from __future__ import annotations

import json
import os
import signal
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from course.runner import Answer, Failure, Question, Value, pack_answers, unpack_answers
from course.sandbox import Cell, ForkServer, Job, WorkerLost, messages
from course.sandbox.decode import MAX_ANSWER_BYTES, MAX_REST_BYTES, accepted, received
from course.sandbox.job import CellResult, RunResult, result_parts

KINDS = st.sampled_from([kind for kind, longest in messages.LONGEST.items() if longest > 1000])


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    yield read, write
    for end in (read, write):
        try:
            os.close(end)
        except OSError:
            continue


@given(st.lists(st.tuples(KINDS, st.lists(st.binary(max_size=200), max_size=4)), max_size=5))
def test_messages_arrive_as_they_were_sent(sent: list[tuple[int, list[bytes]]]) -> None:
    read, write = os.pipe()
    for kind, parts in sent:
        messages.send(write, kind, *parts)
    os.close(write)
    reader = messages.Reader(read)
    assert [reader.poll(1) for _ in sent] == [(kind, b"".join(parts)) for kind, parts in sent]
    assert reader.poll(1) is None and reader.ended
    os.close(read)


def test_a_message_larger_than_the_pipe_arrives_whole(pipe: tuple[int, int]) -> None:
    blob = os.urandom(3 * 2**20)
    sender = threading.Thread(target=messages.send, args=(pipe[1], messages.ANSWERED, blob[:1000], blob[1000:]))
    sender.start()
    assert messages.Reader(pipe[0]).poll(30) == (messages.ANSWERED, blob)
    sender.join()


def test_what_follows_a_message_is_left_for_the_next_reader(pipe: tuple[int, int]) -> None:
    messages.send(pipe[1], messages.QUESTIONS, b"first")
    messages.send(pipe[1], messages.JOB, b"second")
    assert messages.Reader(pipe[0]).poll(1) == (messages.QUESTIONS, b"first")
    assert messages.Reader(pipe[0]).poll(1) == (messages.JOB, b"second")


@pytest.mark.parametrize("written", [b"", b"\x03", struct.pack("<BI", messages.ANSWERED, 9) + b"half"])
def test_a_message_that_breaks_off_is_none(pipe: tuple[int, int], written: bytes) -> None:
    os.write(pipe[1], written)
    reader = messages.Reader(pipe[0])
    assert reader.poll(0.01) is None and not reader.ended
    os.close(pipe[1])
    assert reader.poll(1) is None and reader.ended


@pytest.mark.parametrize(
    ("head", "most"),
    [
        ((99, 5), messages.MAX_MESSAGE),
        ((messages.ANSWERED, messages.MAX_MESSAGE + 1), 2**40),
        ((messages.ANSWERED, 1000), 1000),
    ],
)
def test_no_more_is_read_than_is_allowed(pipe: tuple[int, int], head: tuple[int, int], most: int) -> None:
    os.write(pipe[1], struct.pack("<BI", *head))
    with pytest.raises(messages.MessageError):
        messages.Reader(pipe[0], most=most).poll(1)


def answer(size: int = 3) -> Answer:
    return Answer({"w1": Value("array", "numpy.ndarray", np.arange(size, dtype=np.float64), "float64")}, {"calls": 2})


def test_an_answer_is_passed_on_as_it_came() -> None:
    blob = pack_answers([answer()])
    assert accepted(blob) is blob


def test_an_answer_that_carries_what_nobody_asked_for_is_passed_on_without() -> None:
    own = pack_answers([answer()])
    length = int.from_bytes(own[:8], "little")
    head = json.loads(own[8 : 8 + length])["__metadata__"]
    more = {"0/w1": np.arange(3, dtype=np.float64), "hidden": np.zeros(MAX_REST_BYTES, dtype=np.uint8)}
    blob = safetensors.numpy.save(more, metadata=head)
    assert len(received(blob)) == 1
    assert accepted(blob) == own


def test_an_answer_too_large_to_keep_is_told_so() -> None:
    (seen,) = unpack_answers(accepted(pack_answers([answer(MAX_ANSWER_BYTES // 8 + 1)])))
    assert seen.failure == Failure("too_large") and not seen.values


@pytest.mark.parametrize("blob", [b"", b"{}", pack_answers([]), pack_answers([answer(), answer()])])
def test_what_is_not_one_answer_is_refused(blob: bytes) -> None:
    with pytest.raises(ValueError):
        accepted(blob)


def test_a_transcript_is_the_same_whoever_packed_its_answers() -> None:
    cells, resources = {"a": CellResult("done", "text")}, {"wall_s": 0.5}
    answers = {"forward": [answer(3), answer(4)], "backward": [answer(5)]}
    one_by_one = {name: [pack_answers([a]) for a in given] for name, given in answers.items()}
    whole = RunResult.unpack(b"".join(result_parts("done", cells, one_by_one, resources)))
    again = RunResult.unpack(whole.pack())
    for run_result in (whole, again):
        assert (run_result.status, run_result.cells, run_result.resources) == ("done", cells, resources)
        sizes = {name: [len(a.values["w1"].array) for a in given] for name, given in run_result.answers.items()}
        assert sizes == {"forward": [3, 4], "backward": [5]}


@pytest.mark.slow
@pytest.mark.parametrize("by_hand", [False, True])
def test_the_end_of_either_zygote_is_noticed_at_once(by_hand: bool) -> None:
    """Each holds its end of the connection alone; otherwise the grader would wait until its own limit."""
    question = Question("lesson.f", "call", {}, {"args": [], "results": ["value"], "by_hand": by_hand})
    job = Job((Cell("f", "def f():\n    return 1"), Cell("check_f", ask="f")), {"f": (question,)}, confined=False)
    with ForkServer() as server:
        assert server.run(job).status == "done"
        pid = server._process.pid
        zygotes = sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
        os.kill(zygotes[by_hand], signal.SIGKILL)
        with pytest.raises(WorkerLost, match="ended from outside"):
            server.run(job)
