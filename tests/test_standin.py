"""All checks of ways 2 to 6 on a device that is not the CPU: verdicts are those of the CPU."""

from __future__ import annotations

import pytest

from course.lessons import find
from course.try_answer import try_sources
from tests import standin
from tests.bank import SEED, bank_of, entries, of_each_exercise
from tests.device_cases import ON_DEVICES, sample


@pytest.fixture(scope="session")
def device(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment in which torch has the device."""
    return standin.as_package(tmp_path_factory.mktemp("device"))


@of_each_exercise(ON_DEVICES)
def test_verdicts_on_a_device_are_those_of_the_cpu(
    exercise_id: str, device: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = sample(exercise_id, entries(exercise_id))
    on_cpu = {j.entry.id: j.verdict for j in bank_of(exercise_id).judged}
    for name, value in device.items():
        monkeypatch.setenv(name, value)
    tried = try_sources(find(exercise_id), {e.id: e.source for e in asked}, device=standin.NAME, seed=SEED)
    said = {t.file: (t.verdict.outcome, t.verdict.points, t.verdict.mistake) for t in tried}
    wanted = {i: (v.outcome, v.points, v.mistake) for i, v in on_cpu.items() if i in said}
    assert said == wanted
