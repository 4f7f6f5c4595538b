"""Grading on a Dask cluster: a real scheduler and workers, each a process in its own folder.

The scheduler runs without the course, which only workers need.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from course.cli import main
from course.cluster import dask_worker
from course.cluster.connection import difference
from course.cluster.scheduler import Cluster
from course.errors import CourseError
from course.grading import grade
from course.privacy import close
from course.sandbox import Job, RunResult
from tests.course_factory import LESSON, REPOSITORY, SLIP, answered, hand_in, notebook
from tests.waiting import until

pytestmark = pytest.mark.slow

SECOND = "way5_optimizer"  # uses torch, and has an exercise without autograd
SEEDS = {LESSON: 11, SECOND: 12}
SLEEPS = "import time\ntime.sleep(1.5)\n"
# A submission that kills the Dask worker that runs it, which is possible only without confinement.
ENDS_ITS_WORKER = """
import os, signal
pid = os.getpid()
while b"course.sandbox" in open(f"/proc/{pid}/cmdline", "rb").read():
    pid = int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
os.kill(pid, signal.SIGKILL)
"""


class Processes:
    """A scheduler and its workers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.no_course = folder / "no_course"
        package = self.no_course / "course"
        package.mkdir(parents=True)
        told = "No module named 'course'"  # even if this Python has it installed
        (package / "__init__.py").write_text(f'raise ModuleNotFoundError("{told}", name="course")\n')
        self._running: list[subprocess.Popen[bytes]] = []
        note = folder / "scheduler.json"
        words = ["dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)]
        self.scheduler = self._start("scheduler", words, self.no_course)
        self.address = until(lambda: note.exists() and json.loads(note.read_text() or "{}").get("address"))

    def _start(self, name: str, words: list[str], path: Path) -> subprocess.Popen[bytes]:
        place = self.folder / name
        place.mkdir()
        with (place / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:]],
                cwd=place,
                env={**os.environ, "PYTHONPATH": str(path), "OMP_NUM_THREADS": "1", "TMPDIR": str(place)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def worker(self, path: Path = REPOSITORY, *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker that imports the course from a folder, without waiting for it."""
        name = f"worker{len(self._running)}"
        words = ["dask_worker", self.address, "--name", name, "--nthreads", "1", "--no-dashboard"]
        return self._start(name, [*words, "--nanny" if nanny else "--no-nanny"], path)

    def stop(self, *processes: subprocess.Popen[bytes]) -> None:
        """Stop the given processes, or all of them."""
        for process in processes or self._running:
            for kill in (process.terminate, process.kill):  # a nanny that is terminated ends its worker
                if process.poll() is None:
                    kill()
                    try:
                        process.wait(timeout=10)
                    except subprocess.TimeoutExpired:
                        continue

    def stop_workers(self) -> None:
        self.stop(*(process for process in self._running if process is not self.scheduler))

    def said(self) -> str:
        return "\n".join(path.read_text() for path in self.folder.glob("*/log"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    processes = Processes(tmp_path_factory.mktemp("cluster"))
    yield processes
    processes.stop()


@pytest.fixture(scope="class")
def two(cluster: Processes) -> Iterator[None]:
    """Two workers, the second with a nanny. All workers, including those that tests add, are stopped in the end."""
    cluster.worker()
    cluster.worker(nanny=True)
    yield
    cluster.stop_workers()


def make_course(root: Path) -> Path:
    for lesson in SEEDS:
        for folder in ("source", "release"):
            shutil.copytree(REPOSITORY / folder / lesson, root / folder / lesson)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    return root


def hand_in_reference(root: Path, student: str, prefix: str = "") -> None:
    """Hand in the second lesson's reference solution, with extra code at the start of its first answer."""
    filled = nbformat.read(str(REPOSITORY / "source" / SECOND / f"{SECOND}.ipynb"), as_version=4)
    answer = next(c for c in filled.cells if c.metadata.get("nbgrader", {}).get("solution"))
    answer.source = prefix + answer.source
    path = root / "submitted" / student / SECOND / f"{SECOND}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(filled, version=4), encoding="utf-8")


def slow_class(root: Path, n_students: int) -> Path:
    make_course(root)
    for i in range(n_students):
        hand_in(root, f"s{i}", answered(loss_fn=f"{SLEEPS}def loss_fn(y_pred, y):\n    return {i}.0\n"))
    return root


def done(root: Path) -> dict[str, dict[str, Any]]:
    """Return the record of each graded submission."""
    folder = root / ".course" / "grading" / "done"
    return {p.relative_to(folder).as_posix(): json.loads(p.read_text()) for p in folder.rglob("*.json")}


def in_background(root: Path, cluster: Processes, **how: Any) -> Callable[[], int]:
    """Start grading in a thread; return a function that waits for it and returns its status."""
    ended: list[Any] = []

    def run() -> None:
        try:
            ended.append(grade(root=root, scheduler=cluster.address, **how))
        except Exception as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()

    def wait() -> int:
        thread.join(timeout=120)
        assert ended, "grading did not end"
        if isinstance(ended[0], Exception):
            raise ended[0]
        return int(ended[0])

    return wait


@pytest.mark.usefixtures("two")
class TestOnTwoWorkers:
    def test_a_class_graded_on_a_cluster_has_the_scores_and_the_very_answers_of_a_local_run(
        self, cluster: Processes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        notes, arrays = [], []
        for name, where in (("here", {"workers": 1}), ("there", {"scheduler": cluster.address})):
            root = make_course(tmp_path / name)
            hand_in(root, "right", answered())
            hand_in(root, "slip", answered(backward=SLIP))
            hand_in(root, "blank", notebook("release"))
            hand_in(root, "torn", nbformat.writes(answered(), version=4)[:5000])
            hand_in(root, "exits", answered(loss_fn="import os\nos._exit(3)"))
            hand_in_reference(root, "right")
            hand_in_reference(root, "slip", "def train(*_):\n    pass\n")
            run = root / ".course" / "grading" / "run.json"
            run.parent.mkdir(parents=True)
            run.write_text(json.dumps({"open": True, "seeds": SEEDS}))
            capfd.readouterr()
            assert grade(root=root, **where) == 0
            notes.append(done(root))
            arrays.append({p.name for p in (root / ".course" / "grading" / "arrays").rglob("*") if p.is_file()})
        assert len(notes[0]) == 7
        assert {r["seed"] for r in notes[0].values() if r["status"] in ("graded", "repaired")} == set(SEEDS.values())
        assert notes[0][f"{LESSON}/right.json"]["score"] == notes[0][f"{SECOND}/right.json"]["score"] == 20
        assert notes[1] == notes[0]
        assert arrays[0] and arrays[1] == arrays[0], "an array's file is named by its content"
        assert "distributed" not in capfd.readouterr().err
        assert not logging.getLogger("distributed.client").isEnabledFor(logging.ERROR), "it would go across the bar"

    def test_ctrl_c_cancels_what_waits_on_the_cluster(self, cluster: Processes, tmp_path: Path) -> None:
        from distributed import Client

        root = slow_class(tmp_path, 12)
        command = [sys.executable, "-c", "import sys, course.cli; course.cli.main(sys.argv[1:])", "grade"]
        running = subprocess.Popen(
            [*command, "--scheduler", cluster.address],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        with Client(cluster.address, set_as_default=False) as client:
            until(lambda: done(root) and any(client.processing().values()))
            os.kill(running.pid, signal.SIGINT)
            _, said = running.communicate(timeout=30)
            assert running.returncode == 130
            assert "Traceback" not in said.decode()
            until(lambda: not any(client.processing().values()), within_s=15)
        assert len(done(root)) < 10

    def test_a_submission_that_ends_every_worker_fails_with_a_reason_and_stops_nobody(
        self, cluster: Processes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cluster.worker(nanny=True)
        root = make_course(tmp_path)
        hand_in(root, "killer", answered(loss_fn=ENDS_ITS_WORKER))
        hand_in(root, "honest", answered())
        assert in_background(root, cluster, confined=False, as_json=True)() == 1
        results = {r["student"]: r for r in map(json.loads, capsys.readouterr().out.splitlines())}
        assert results["honest"]["score"] == 20
        assert results["killer"]["status"] == "failed"
        assert "lost 3 times on the cluster" in results["killer"]["notes"][0]


def test_a_killed_worker_costs_a_retry_one_that_joins_late_gets_work_and_one_that_its_nanny_starts_again_goes_on(
    cluster: Processes, tmp_path: Path
) -> None:
    root = slow_class(tmp_path, 7)
    first = cluster.worker()
    wait = in_background(root, cluster)
    until(lambda: done(root))
    os.kill(first.pid, signal.SIGKILL)
    n_before = len(done(root))
    late = cluster.worker(nanny=True)
    until(lambda: len(done(root)) > n_before + 1)  # one may have been in progress
    for child in Path(f"/proc/{late.pid}/task/{late.pid}/children").read_text().split():
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
    assert len(done(root)) < 6, "there was work left"
    assert wait() == 0
    cluster.stop(late)
    assert len(done(root)) == 7
    assert {r["score"] for r in done(root).values()} == {18.0}


def test_workers_that_cannot_answer_rightly_are_refused_by_name_and_the_others_grade(
    cluster: Processes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, weak, ran = tmp_path / "other", tmp_path / "weak", tmp_path / "ran"
    shutil.copytree(REPOSITORY / "course", other / "course", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "course" / "sandbox" / "pool.py").open("a") as pool:
        pool.write(f"\n\nPool.run = lambda *_, **__: open({str(ran)!r}, 'w').close()\n")
    weak.mkdir()  # where seccomp filters allow every system call
    (weak / "pyseccomp.py").write_text(
        "ALLOW = MASKED_EQ = NE = 0\nERRNO = Arg = lambda *_: 0\n\n\n"
        "class SyscallFilter:\n    def __init__(self, *_): ...\n\n    add_rule = __init__\n\n"
        "    def export_bpf(self, file):\n        file.write(bytes.fromhex('060000000000ff7f'))  # allow\n"
    )
    workers = [
        cluster.worker(),
        cluster.worker(other),
        cluster.worker(cluster.no_course),
        cluster.worker(Path(f"{weak}:{REPOSITORY}")),
    ]
    root = slow_class(tmp_path / "class", 8)
    wait = in_background(root, cluster)
    heard: list[str] = []
    until(lambda: heard.append(capsys.readouterr().err) or "".join(heard).count("is not used") == 3)
    assert wait() == 0
    cluster.stop(*workers)
    assert len(done(root)) == 8 and {r["score"] for r in done(root).values()} == {18.0}
    assert not ran.exists()
    said = "".join(heard) + capsys.readouterr().err
    refusals = [line for line in said.splitlines() if "is not used" in line]
    assert all("course: the worker tcp://" in line for line in refusals)
    mine = dask_worker.versions()["course"]
    assert sum(f" there, {mine} here" in line and "course " in line for line in refusals) == 1
    assert sum("No module named 'course'" in line for line in refusals) == 1
    assert sum("cannot sandbox student code" in line and "a socket can be opened" in line for line in refusals) == 1


def test_every_difference_that_counts_is_named() -> None:
    mine = dask_worker.versions()
    assert set(mine) == {"course", "Python", "numpy", "torch", "safetensors", "distributed"}
    assert difference({"versions": mine, "resources": {}}, mine) == ""
    for name in mine:
        told = difference({"versions": {**mine, name: "0.1"}, "resources": {}}, mine)
        assert told.startswith(f"{name} 0.1 there, {mine[name]} here.")
    outdated = {"versions": mine, "outdated": True, "resources": {}}
    assert difference(outdated, mine) == "its files have changed since it was started. Start it again."
    assert "too different to be used" in difference("0.1", mine)
    assert "--resources GPU=1" in difference({"versions": mine, "resources": {}}, mine, gpu=True)
    assert difference({"versions": mine, "resources": {"GPU": 1.0}}, mine, gpu=True) == ""


@pytest.mark.parametrize(("resources", "n"), [({"GPU": 4.0}, 4), ({}, 1)])
def test_a_worker_runs_as_many_submissions_on_its_device_at_once_as_it_offers(
    resources: dict[str, float], n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools: list[int] = []

    class Recorded:
        def __init__(self, n_on_device: int = 1) -> None:
            pools.append(n_on_device)

        def run(self, job: Job, *, torch: bool) -> RunResult:
            return RunResult("done")

    monkeypatch.setattr(dask_worker, "Pool", Recorded)
    monkeypatch.setattr(dask_worker, "_pools", [], raising=False)
    worker = SimpleNamespace(state=SimpleNamespace(total_resources=resources))
    monkeypatch.setattr("distributed.get_worker", lambda: worker)
    monkeypatch.setattr(dask_worker, "_asked", {"digest": {}})
    packed = Job(()).pack()
    threads = [threading.Thread(target=dask_worker.run, args=("digest", packed, False)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pools == [n]


def test_the_versions_of_a_worker_cover_everything_of_the_course_that_runs_there() -> None:
    begun = "import course.cluster.dask_worker, course.sandbox.preparation as p\np.prepare(with_torch=False)"
    script = f"{begun}\nimport sys\nprint(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", script], cwd=REPOSITORY, text=True).split()
    rooms = {name.split(".")[1] for name in loaded if name.startswith("course.")}
    assert {"sandbox", "runner", "figures"} <= rooms
    assert rooms <= {Path(name).stem for name in dask_worker.SOURCES}


def test_the_list_of_checks_changes_only_under_the_lock_beside_what_reads_it() -> None:
    cluster = Cluster.__new__(Cluster)
    changed = threading.Condition()

    class Guarded(dict[str, Any]):
        def __setitem__(self, address: str, check: Any) -> None:
            assert changed._is_owned()  # type: ignore[attr-defined]
            super().__setitem__(address, check)

        def pop(self, *given: Any) -> Any:
            assert changed._is_owned()  # type: ignore[attr-defined]
            return super().pop(*given)

    found = {"versions": {}, "outdated": False, "resources": {}}
    check = SimpleNamespace(done=lambda: True, result=lambda timeout: found)
    given = {"_gpu": False, "_wanted": {}, "_machines": {}, "_refused": {}, "_checks": Guarded(), "_changed": changed}
    vars(cluster).update(given, _submit=lambda *_, **__: check)
    cluster._look({"tcp://a": 1, "tcp://b": 2})
    assert set(cluster._machines) == {"tcp://a", "tcp://b"} and not cluster._checks


def test_without_any_worker_one_sentence_says_what_to_do(cluster: Processes) -> None:
    with pytest.raises(CourseError, match="has had no worker for 1 s: start some.*dask worker"):
        Cluster(cluster.address, wait_s=1)


def test_with_refused_workers_only_the_sentence_says_why(cluster: Processes) -> None:
    before = cluster.said().count("Registered to")
    worker = cluster.worker(cluster.no_course)
    until(lambda: cluster.said().count("Registered to") > before)
    with pytest.raises(CourseError, match="no worker that can be used.*No module named 'course'"):
        Cluster(cluster.address, wait_s=2)
    cluster.stop(worker)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "oops://127.0.0.1:9"])
def test_where_no_scheduler_is_one_sentence_says_so_at_once(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(slow_class(tmp_path, 1))
    close(tmp_path)  # otherwise the command reports what it closes
    began = time.monotonic()
    with pytest.raises(SystemExit) as end:
        main(["grade", "--scheduler", address])
    assert end.value.code == 2
    assert time.monotonic() - began < 30, "it took five seconds, or the machine is very slow"
    (said,) = capfd.readouterr().err.strip().splitlines()
    assert said.startswith(f"course: No Dask scheduler answers at {address} (")


def test_when_the_scheduler_is_lost_what_is_graded_stays_and_the_next_run_goes_on(tmp_path: Path) -> None:
    root = slow_class(tmp_path / "class", 4)
    mortal = Processes(tmp_path / "mortal")
    mortal.worker()
    wait = in_background(root, mortal)
    before = until(lambda: done(root))
    mortal.scheduler.kill()
    with pytest.raises(CourseError, match="does not answer any more. What is graded stays"):
        wait()
    mortal.stop()
    assert before.items() <= done(root).items() and len(done(root)) < 4
    run = json.loads((root / ".course" / "grading" / "run.json").read_text())
    assert grade(root=root, workers=2) == 0
    assert {(r["score"], r["seed"]) for r in done(root).values()} == {(18.0, run["seeds"][LESSON])}


def test_dask_is_imported_only_where_a_scheduler_is_given() -> None:
    script = """
        import sys
        import course.cli, course.grading.batch, course.grading.grader, course.cluster.dask_worker
        assert not {"dask", "distributed"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=REPOSITORY, check=True)
