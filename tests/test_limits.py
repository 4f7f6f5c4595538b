"""Limits on what a submission uses, also where no process shows it, and on what is read and kept of it."""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course.runner import Answer, Failure, pack_answers, unpack_answers
from course.sandbox import Cell, ForkServer, Job, Limits, cgroups, disk, messages, processes, scratch, supervisor
from course.sandbox.decode import accepted, is_too_long
from course.sandbox.job import CellResult

# ---------------------------------------------------------------- messages


@pytest.mark.parametrize("kind", [messages.STARTED, messages.FINISHED, messages.ANSWERED, messages.ERROR])
def test_a_message_may_be_as_long_as_its_kind_needs(kind: int) -> None:
    read, write = os.pipe()
    os.write(write, struct.pack("<BI", kind, messages.LONGEST[kind]))
    assert messages.Reader(read, kinds=messages.FROM_WORKER).poll(0.01) is None
    os.write(write, bytes(100))  # continues the message that was begun
    os.close(write)
    os.close(read)
    read, write = os.pipe()
    os.write(write, struct.pack("<BI", kind, messages.LONGEST[kind] + 1))
    with pytest.raises(messages.MessageError):
        messages.Reader(read, kinds=messages.FROM_WORKER).poll(0.01)


@pytest.mark.parametrize("kind", sorted(set(messages.LONGEST) - set(messages.FROM_WORKER)))
def test_a_worker_sends_nothing_that_is_not_a_workers(kind: int) -> None:
    read, write = os.pipe()
    messages.send(write, kind, b"")
    with pytest.raises(messages.MessageError):
        messages.Reader(read, kinds=messages.FROM_WORKER).poll(0.01)


def test_what_a_cell_prints_at_most_is_no_message_too_long() -> None:
    cell = CellResult("raised", "\U0001f600" * Limits().output_kib * 1024, "\U0001f600" * 600, "\U0001f600" * 200, 1)
    assert len(json.dumps([1, vars(cell)])) <= messages.LONGEST[messages.FINISHED]


def test_an_answers_words_are_bounded_before_they_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    blob = struct.pack("<Q", messages.MAX_HEAD + 1) + b"{}"
    monkeypatch.setattr("course.sandbox.decode.unpack_answers", lambda _: pytest.fail("it was parsed"))
    assert is_too_long(len(blob), messages.MAX_HEAD + 1)
    with pytest.raises(ValueError, match="too long"):
        accepted(blob)


# ---------------------------------------------------------------- what is kept


def test_what_is_printed_and_answered_first_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    blob = pack_answers([Answer(printed="x" * 500)])
    monkeypatch.setattr(supervisor, "MAX_PRINTED", 5)
    monkeypatch.setattr(supervisor, "MAX_ANSWERED", 2 * len(blob))
    cells = {name: CellResult("done", "abc") for name in "xyz"}
    answers = {"f": [blob], "g": [blob, blob]}
    supervisor._truncate(cells, answers)
    assert [cell.text for cell in cells.values()] == ["abc", "ab", ""]
    assert answers["f"] == [blob] and answers["g"][0] == blob
    (left_out,) = unpack_answers(answers["g"][1])
    assert left_out.failure == Failure("too_large")


def test_a_result_fits_into_a_message() -> None:
    longest_of_a_character = 12  # as escaped in JSON
    assert messages.LONGEST[messages.RESULT] > longest_of_a_character * supervisor.MAX_PRINTED + supervisor.MAX_ANSWERED
    assert messages.LONGEST[messages.ANSWERED] < supervisor.MAX_ANSWERED


def test_the_supervisor_limits_its_own_memory() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        supervisor.limit_own_memory()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert 0 < soft < processes.address_space() + 2 * supervisor.MAX_OWN
    assert hard == before[1]


# ---------------------------------------------------------------- what is used up


@pytest.mark.parametrize("line", ["RssAnon", "RssShmem", "VmSwap", "HugetlbPages"])
def test_what_was_swapped_out_and_huge_pages_count(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "status").write_text(f"Name:\tx\nVmPeak:\t 9000000 kB\n{line}:\t 3072 kB\n")
    monkeypatch.setattr(processes, "PROC", tmp_path)
    assert processes.memory_mib([7]) == 3


VERSION_1 = """\
28 25 0:24 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
29 28 0:25 / {}/memory rw,nosuid - cgroup cgroup rw,memory
30 28 0:26 /docker/1 {}/pids rw,nosuid - cgroup cgroup rw,pids
31 28 0:27 / {}/cpu rw,nosuid - cgroup cgroup rw,cpu
"""
VERSION_2 = "29 28 0:25 / {}/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"


@pytest.mark.parametrize(
    ("mounts", "own", "found"),
    [
        (VERSION_1, "4:memory:/user\n3:pids:/docker/1/a\n2:cpu:/\n0::/\n", ["memory/user", "pids/a"]),
        (VERSION_1, "4:memory:/user\n3:pids:/elsewhere\n", ["memory/user"]),
        (VERSION_2, "0::/app.slice/a.scope\n", ["unified/app.slice"]),
        (VERSION_2, "0::/app.slice/not_given/a.scope\n", []),
        (VERSION_2, "0::/../outside\n", []),
        ("", "0::/app.slice/a.scope\n", []),
    ],
)
def test_control_groups_are_made_beside_the_graders_own(
    mounts: str, own: str, found: list[str], tmp_path: Path
) -> None:
    for folder in ("memory/user", "pids/a", "cpu", "unified/app.slice/not_given"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "unified/cgroup.subtree_control").write_text("memory pids\n")
    (tmp_path / "unified/app.slice/cgroup.subtree_control").write_text("cpu memory pids\n")
    (tmp_path / "unified/app.slice/not_given/cgroup.subtree_control").write_text("cpu\n")
    assert list(cgroups._places(own, mounts.replace("{}", str(tmp_path)))) == [tmp_path / place for place in found]


@pytest.mark.parametrize("files", [["memory.max", "memory.swap.max"], ["memory.limit_in_bytes"], ["pids.max"]])
def test_a_control_group_bounds_memory_and_threads(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Path.mkdir

    def as_the_kernel(folder: Path) -> None:
        made(folder)
        for file in [*files, "cgroup.procs", "memory.events"]:
            (folder / file).write_text("oom 3\noom_kill 0\n")

    monkeypatch.setattr(cgroups, "places", lambda: (tmp_path,))
    monkeypatch.setattr(Path, "mkdir", as_the_kernel)
    group = cgroups.Group()
    cgroups.enter(group.folders)
    (folder,) = tmp_path.iterdir()
    assert int((folder / "cgroup.procs").read_text()) == 0
    for room, killed in ((100, 1), (50, 2)):
        group.limit(Limits(memory_mib=room, disk_mib=10, processes=7), 20.0)
        for file in files:
            value = int((folder / file).read_text())
            assert {"pids.max": 7 < value < 30, "memory.swap.max": value == 0}.get(file, value == (room + 30) * 2**20)
        assert not group.ran_out()
        (folder / "memory.events").write_text(f"oom 3\noom_kill {killed}\n")
        assert group.ran_out()
    group.limit(None, 0.0)
    said = {file: (folder / file).read_text() for file in files}
    assert all(text == "max" or int(text) >= 2**40 for text in said.values()) and not group.ran_out()


def test_where_no_control_group_can_be_made_nothing_is_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cgroups, "places", lambda: (tmp_path / "not" / "there",))
    group = cgroups.Group()
    cgroups.enter(group.folders)
    group.limit(Limits(), 0.0)
    assert not group.ran_out() and not cgroups.can_be_made()
    group.remove()


def test_the_kernel_ends_what_takes_more_than_its_control_group_may() -> None:
    group = cgroups.Group()
    words = [sys.executable, "-c", f"print(len(b'x' * {100 * 2**20 if cgroups.places() else 0}))"]
    assert cgroups.can_be_made() == bool(cgroups.places())
    for room in (50, 500, 50, None):  # in MiB: raised, too, which one version refuses in the wrong order
        group.limit(room and Limits(memory_mib=room, disk_mib=1), 5.0)
        run = subprocess.run(words, preexec_fn=lambda: cgroups.enter(group.folders), capture_output=True)
        ended = cgroups.places() and room == 50
        assert (run.returncode, group.ran_out()) == ((-signal.SIGKILL, True) if ended else (0, False)), room
    group.remove()
    assert not [place for place in cgroups.places() if list(place.glob(f"{cgroups.PREFIX}{os.getpid()}-*"))]


# ---------------------------------------------------------------- folders inside one another


def nest(folder: Path, depth: int) -> None:
    """Make folders inside one another, deeper than a path can name."""
    nested = f"import os\nfor _ in range({depth}):\n    os.mkdir('d')\n    os.chdir('d')\n"
    subprocess.run([sys.executable, "-c", nested], cwd=folder, check=True)


def test_a_folder_is_removed_however_deep_or_closed_it_is_and_no_link_in_it_is_followed(tmp_path: Path) -> None:
    kept, made = tmp_path / "kept", tmp_path / "made"
    (made / "closed").mkdir(parents=True)
    (kept / "folder").mkdir(parents=True)
    (kept / "folder").chmod(0o750)  # whatever the umask
    (kept / "file").touch()
    for i, target in enumerate((kept, kept / "file", "nowhere")):
        (made / f"link{i}").symlink_to(target)
    (made / "closed" / "file").touch()
    (made / "closed").chmod(0)
    nest(made, 3000)
    scratch.remove(str(made))
    assert list(tmp_path.iterdir()) == [kept]
    assert sorted(kept.iterdir()) == [kept / "file", kept / "folder"]
    assert (kept / "folder").stat().st_mode & 0o777 == 0o750


def test_folders_that_a_killed_grader_left_are_swept_however_deep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / f"{scratch.PREFIX}left"
    left.mkdir()
    nest(left, 1500)
    mine = scratch.Scratch()
    assert os.listdir(tmp_path) == [Path(mine.path).name]
    nest(Path(mine.path), 1500)
    mine.close()
    assert os.listdir(tmp_path) == []


def test_folders_too_deep_to_be_looked_through_are_beyond_the_limit(tmp_path: Path) -> None:
    for depth, is_bound in ((50, True), (1500, False)):
        (tmp_path / str(depth)).mkdir()
        nest(tmp_path / str(depth), depth)
        assert disk.bound(tmp_path / str(depth), [], disk_mib=1) == is_bound
    scratch.remove(str(tmp_path / "1500"))  # pytest could not


@pytest.fixture(scope="module")
def server() -> Any:
    with ForkServer(torch=False) as process:
        yield process


@pytest.mark.slow
def test_a_cell_that_awaits_has_a_loop_although_it_can_make_no_sockets(server: ForkServer) -> None:
    source = "import asyncio, socket\nawait asyncio.sleep(0)\nprint('awaited')\nsocket.socketpair()"
    cell = server.run(Job((Cell("own", source),))).cells["own"]
    assert cell.text == "awaited\n" and cell.error.startswith("PermissionError")


@pytest.mark.slow
def test_as_many_threads_as_processes_are_too_many(server: ForkServer) -> None:
    source = "import threading, time\nfor _ in range({}): threading.Thread(target=time.sleep, args=(1,)).start()\n"
    few, many = Cell("own", source.format(15)), Cell("own", source.format(30) + "time.sleep(15)")
    cells = [server.run(Job((cell,), limits=Limits(processes=20))).cells["own"] for cell in (few, many)]
    assert [cell.status for cell in cells] == ["done", "too_many_processes"]


@pytest.mark.slow
def test_memory_that_runs_out_costs_the_submission_that_took_it_and_not_its_server(server: ForkServer) -> None:
    cells = (Cell("before", "x = 1"), Cell("own", "taken = b'x' * 900_000_000"), Cell("after", "print(x)"))
    for _ in range(3):
        run = server.run(Job(cells, limits=Limits(memory_mib=100)))
        assert [run.cells[c.name].status for c in cells] == ["done", "out_of_memory", "done"]
        assert server.run(Job(cells, limits=Limits(memory_mib=1024))).cells["own"].status == "done"
