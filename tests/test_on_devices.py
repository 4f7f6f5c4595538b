"""The checks of ways 2 to 6 on a device other than the CPU give the same verdicts as on the CPU.

A sample of each bank runs on the stand-in device everywhere, and on CUDA if available; `python -m benchmarks.device`
runs all comparable answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
import torch

from course.exercise import Verdict
from course.judging import as_text
from course.lessons import find
from course.runner.devices import CPU
from course.runner.wording import TWO_DEVICES
from course.sandbox import Cell, Job, Pool
from course.try_answer import try_sources
from tests import standin
from tests.bank import SEED, entries
from tests.device_cases import ON_DEVICES, sample

pytestmark = pytest.mark.slow

CUDA = pytest.param(
    "cuda",
    marks=[pytest.mark.cuda, pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA card")],
)


@pytest.fixture(scope="module", params=[standin.NAME, CUDA])
def device(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the name of a device that torch offers in processes started while the fixture is active."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in standin.as_package(tmp_path_factory.mktemp("device")).items():
            patched.setenv(name, value)
        yield request.param


@pytest.mark.parametrize("exercise_id", ON_DEVICES)
def test_verdicts_on_a_device_are_those_of_the_cpu(exercise_id: str, device: str) -> None:
    asked = {answer.id: answer.source for answer in sample(exercise_id, entries(exercise_id))}

    def said(where: str) -> dict[str, tuple[str, float, str | None]]:
        tried = try_sources(find(exercise_id), asked, device=where, seed=SEED)
        return {t.file: judged_as(t.verdict) for t in tried}

    assert said(device) == said(CPU)


MIXED = """
def forward(x, w1, w2):
    h = x @ w1
    above = torch.ones(h.shape, dtype=h.dtype)
    h_relu = h.clamp(min=0) * above
    return h, h_relu, h_relu @ w2
"""


def test_what_lies_on_two_devices_is_told_with_where_each_lies(device: str) -> None:
    forward = find("way2_tensors.forward")
    (tried,) = try_sources(forward, {"": MIXED}, device=device, seed=SEED)
    said = as_text(tried.verdict)
    assert TWO_DEVICES in said
    places = f"{device}:0".ljust(len("h.clamp(min=0) * ")) + "cpu"
    assert f"h.clamp(min=0) * above\n{places}\n" in f"{said}\n".replace("\n    ", "\n")


def test_a_setup_cell_finds_the_very_device_that_is_graded_on(device: str) -> None:
    cell = Cell("setup", "from course import find_device\nprint(find_device())")
    with closing(Pool()) as pool:
        run_result = pool.run(Job((cell,), confined=False, device=f"{device}:0"), torch=True)
    assert run_result.cells["setup"].text == f"{device}:0\n"


def judged_as(verdict: Verdict) -> tuple[str, float, str | None]:
    return verdict.outcome, verdict.points, verdict.mistake
