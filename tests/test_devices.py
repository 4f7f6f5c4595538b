"""Devices that are missing, broken, full or too old: one sentence says so, and the CPU is used."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from course import doctor, language
from course.grading import batch
from course.runner import Answer, Failure, Question, ask, devices
from course.runner.isolation import deterministic
from course.sandbox import Job, Pool, RunResult
from tests import standin
from tests.course_factory import make_course

FULL = "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 15.90 GiB"
TOO_OLD = "CUDA error: no kernel image is available for execution on the device\nCUDA kernel errors might be reported"
DRIVER = "The NVIDIA driver on your system is too old (found version 11040). Please update your GPU driver"
MPS = "Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't support float64."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (torch.OutOfMemoryError(FULL), "its memory is full"),
        (RuntimeError("HIP out of memory. Tried to allocate 2.00 GiB."), "its memory is full"),
        (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), "memory is full"),
        (RuntimeError(TOO_OLD), "too old for this PyTorch"),
        (RuntimeError(DRIVER), "its driver is missing, or too old"),
        (TypeError(MPS), "it cannot compute in float64"),
        (RuntimeError("CUDA error: device-side assert triggered"), "it failed (CUDA error: device-side assert"),
        (RuntimeError("CUDA error: unspecified launch failure"), "it failed (CUDA error: unspecified launch"),
        (RuntimeError("cuDNN error: CUDNN_STATUS_NOT_INITIALIZED"), "it failed (cuDNN error"),
        (RuntimeError(standin.MIXED.format("cuda:0", "cpu")), ""),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied (3x4 and 5x6)"), ""),
        (ValueError("the error of the device driver is not mine"), ""),
        (KeyError("h"), ""),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_of_the_device_is_told_from_one_of_the_student(error: Exception, words: str) -> None:
    assert words in devices.fault_of(error)
    assert words or devices.fault_of(error) == ""


@pytest.mark.parametrize("message", [FULL, TOO_OLD, "no such thing"])
def test_a_device_that_fails_when_tried_is_told_in_one_sentence(
    message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(message)

    monkeypatch.setattr(devices, "recommended", lambda: "cuda")
    monkeypatch.setattr(torch, "full", broken)
    assert devices.find_device() == torch.device("cpu")
    said = capsys.readouterr().out
    assert said.startswith("The device `cuda` is not used: ") and said.count("\n") == 1
    assert "Everything runs on the CPU, with the same results." in said


def test_a_card_of_which_torch_only_warns_is_told_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def warns() -> str:
        import warnings

        warnings.warn(f"CUDA initialization: {DRIVER}", stacklevel=1)
        return devices.CPU

    monkeypatch.setattr(devices, "recommended", warns)
    assert devices.find_device() == torch.device("cpu")
    assert "its driver is missing, or too old" in capsys.readouterr().out


def test_in_a_chinese_notebook_a_device_that_fails_is_told_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(language, "_usual", ["en"])
    monkeypatch.setattr(devices, "recommended", broken_driver)
    devices.find_device(language="zh")
    assert "设备" in capsys.readouterr().out


def broken_driver() -> str:
    raise RuntimeError(DRIVER)


def test_the_device_that_torch_recommends_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in standin.as_package(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert doctor.gpu() == doctor.Finding("GPU", "ok", standin.NAME)


@pytest.mark.parametrize("n_at_once", [1, 2])
@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_no_more_submissions_run_at_once_than_are_allowed(
    device: str, n_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, now, most = threading.Lock(), [0], [0]
    all_there = threading.Barrier(n_at_once, timeout=60)
    shares = set()

    def run(self: Pool, job: Job, torch: bool) -> RunResult:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
            shares.add(job.limits.device_share)
        all_there.wait()
        time.sleep(0.02)  # time for others to start although they must not
        with lock:
            now[0] -= 1
        return RunResult("done")

    monkeypatch.setattr(Pool, "_run", run)
    pool = Pool(n_at_once=n_at_once) if device == devices.CPU else Pool(n_on_device=n_at_once)
    job = Job((), device=device)
    threads = [threading.Thread(target=pool.run, args=(job,), kwargs={"torch": True}) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], shares) == (n_at_once, {job.limits.device_share if device == devices.CPU else 1 / n_at_once})


@pytest.fixture
def on_a_card(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Simulate a GPU whose memory is full, so that no answer comes back; return the list of devices used."""
    ran: list[str] = []
    run = Pool.run

    def full(self: Pool, job: Job, *, torch: bool, alone: bool = False) -> RunResult:
        ran.append(job.device)
        if job.device == devices.CPU:
            return run(self, job, torch=torch, alone=alone)
        lost = Answer(failure=Failure("device", message="its memory is full"))
        return RunResult("done", answers={name: (lost,) * len(asked) for name, asked in job.questions.items()})

    monkeypatch.setattr(Pool, "run", full)
    monkeypatch.setattr(batch, "usable", lambda device: device)
    return ran


@pytest.mark.slow
def test_what_a_card_lost_is_asked_again_on_the_cpu_and_the_instructor_told(
    tmp_path: Path,
    on_a_card: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_course(tmp_path, ["way2_tensors"])
    home = tmp_path / "submitted" / "ada" / "way2_tensors"
    home.mkdir(parents=True)
    shutil.copy(tmp_path / "source" / "way2_tensors" / "way2_tensors.ipynb", home)
    monkeypatch.chdir(tmp_path)
    assert batch.grade(["way2_tensors"], device="cuda", as_json=True, confined=False) == 0
    (graded,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert on_a_card[:2] == ["cuda", "cpu"]
    assert set(graded["outcomes"].values()) == {"pass"}
    assert any("the device cuda failed" in note and "on the CPU" in note for note in graded["notes"])


def test_the_defaults_that_an_answer_sets_are_put_back() -> None:
    before = torch.zeros(1)
    with deterministic(0, "float64"):
        torch.set_default_device("meta")
        torch.set_default_dtype(torch.float16)
    after = torch.zeros(1)
    assert (after.device, after.dtype) == (before.device, before.dtype)


def test_a_device_that_is_not_there_is_an_answers_failure_and_leaves_nothing_behind() -> None:
    missing = next(name for name in ("xpu", "mps", "cuda") if devices.device_fault(name))
    question = Question("lesson.f", "call", {}, {"args": [], "results": ["value"], "tensors": True, "device": missing})
    np.random.seed(3)
    before = np.random.get_state()[1].copy()  # type: ignore[index]
    failure = ask({"f": lambda: 1}, question).failure
    assert failure is not None and failure.kind == "device" and failure.message
    assert (np.random.get_state()[1] == before).all()  # type: ignore[index]
