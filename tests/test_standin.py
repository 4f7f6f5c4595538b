"""The checks of ways 2 to 6 on a device that is not the CPU: verdicts are those of the CPU.

Some answers of each bank; `python -m benchmarks.device --device standin` asks all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course.exercise import Verdict
from course.judging import as_text
from course.lessons import find
from course.runner.devices import CPU
from course.runner.wording import TWO_DEVICES
from course.sandbox import Cell, ForkServer, Job
from course.try_answer import try_sources
from tests import standin
from tests.bank import SEED, entries, of_each_exercise
from tests.device_cases import ON_DEVICES, sample


@pytest.fixture(scope="module")
def runners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ForkServer]]:
    """Return what runs answers on the CPU and on the device."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in standin.as_package(tmp_path_factory.mktemp("device")).items():
            patched.setenv(name, value)
        with ForkServer(torch=True) as there, ForkServer(torch=True, device=standin.NAME) as on_device:
            yield {CPU: there, standin.NAME: on_device}


@of_each_exercise(ON_DEVICES)
def test_verdicts_on_a_device_are_those_of_the_cpu(exercise_id: str, runners: dict[str, ForkServer]) -> None:
    asked = {answer.id: answer.source for answer in sample(exercise_id, entries(exercise_id))}

    def said(device: str) -> dict[str, tuple[str, float, str | None]]:
        tried = try_sources(find(exercise_id), asked, device=device, seed=SEED, runner=runners[device])
        return {t.file: judged_as(t.verdict) for t in tried}

    assert said(standin.NAME) == said(CPU)


MIXED = """
def forward(x, w1, w2):
    h = x @ w1
    above = torch.ones(h.shape, dtype=h.dtype)
    h_relu = h.clamp(min=0) * above
    return h, h_relu, h_relu @ w2
"""


def test_what_lies_on_two_devices_is_told_with_where_each_lies(runners: dict[str, ForkServer]) -> None:
    forward = find("way2_tensors.forward")
    (tried,) = try_sources(forward, {"": MIXED}, device=standin.NAME, seed=SEED, runner=runners[standin.NAME])
    said = as_text(tried.verdict)
    assert TWO_DEVICES in said
    assert "h.clamp(min=0) * above\nstandin:0        cpu\n" in f"{said}\n".replace("\n    ", "\n")


def test_a_setup_cell_finds_the_device_that_is_graded_on(runners: dict[str, ForkServer]) -> None:
    cell = Cell("setup", "from course import find_device\nprint(find_device())")
    for device, runner in runners.items():
        shown = runner.run(Job((cell,), confined=False, device=device)).cells["setup"]
        assert shown.text == f"{device}\n"


def judged_as(verdict: Verdict) -> tuple[str, float, str | None]:
    return verdict.outcome, verdict.points, verdict.mistake
