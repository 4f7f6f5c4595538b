"""The first start and later ones.

Most tests run the real `python -m course` in a small clone whose `venv` and `pip` are fakes that record how they were
called; one test, marked slow, sets up with the real ones.
"""

import ast
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from course import bootstrap, installation
from course.__main__ import main as start_here
from tests.small_clone import EARLY_FILES, ROOT, SmallClone

# The packages that the command line itself needs; `.ci/run` installs all packages into an empty clone.
FEW = ("numpy", "rich", "setuptools", "typer")


@pytest.fixture
def clone(tmp_path: Path) -> SmallClone:
    return SmallClone(tmp_path)


@pytest.fixture
def ready(clone: SmallClone) -> SmallClone:
    assert clone.run().returncode == 0
    clone.forget_calls()
    return clone


def test_first_start_sets_up_and_then_runs_the_words(clone):
    run = clone.run("try", "way1_numpy.backward", "a file.py")
    assert run.returncode == 0
    assert run.stdout == f"{clone.root / '.venv'} ['try', 'way1_numpy.backward', 'a file.py']\n"
    assert "setting up .venv, once" in run.stderr
    assert clone.calls() == ["venv", "pip", "pip"]
    requirements, itself = clone.calls_file.read_text().splitlines()[1:]
    assert requirements.endswith(f"-r {clone.root / 'requirements.txt'}")
    assert itself.endswith(f"--no-deps --no-build-isolation -e {clone.root}")


def test_second_start_touches_nothing_and_says_nothing(ready):
    before = ready.snapshot()
    run = ready.run("demo")
    assert (run.returncode, run.stderr) == (0, "")
    assert ready.snapshot() == before
    assert ready.calls() == []


def test_exit_status_of_the_command_comes_through(ready):
    assert ready.run(CLI_ENDS_WITH="3").returncode == 3


def test_changed_requirements_run_pip_in_place(ready):
    (ready.root / "requirements.txt").write_text("torch==2.14.0\n")
    assert ready.run().returncode == 0
    assert ready.calls() == ["pip", "pip"]
    ready.forget_calls()
    assert ready.run().returncode == 0
    assert ready.calls() == []


def test_update_without_network_leaves_the_old_packages_for_another_try(ready):
    (ready.root / "requirements.txt").write_text("torch==2.14.0\n")
    run = ready.run(PIP_SAYS="WARNING: Retrying (Retry(total=0))\nERROR: No matching distribution", PIP_ENDS_WITH="1")
    assert run.returncode == 1
    ready.forget_calls()
    assert ready.run().returncode == 0
    assert ready.calls() == ["pip", "pip"], "the environment was whole, so it need not be made anew"


def test_update_that_failed_half_way_begins_anew(ready):
    (ready.root / "requirements.txt").write_text("torch==2.14.0\n")
    assert ready.run(PIP_SAYS="Installing collected packages: torch\nERROR: broken", PIP_ENDS_WITH="1").returncode == 1
    ready.forget_calls()
    assert ready.run().returncode == 0
    assert ready.calls() == ["venv", "pip", "pip"]


@pytest.mark.parametrize(
    ("pip_says", "message"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "because a disk is full"),
        ("WARNING: Retrying (Retry(total=4)) after NewConnectionError\nERROR: none found", "check the network"),
        ("lines\nERROR: torch needs another Python\n[notice] a new pip", "torch needs another Python; start again"),
    ],
    ids=["disk full", "no network", "anything else"],
)
def test_a_failing_pip_is_told_in_one_sentence(clone, pip_says, message):
    run = clone.run(PIP_SAYS=pip_says, PIP_ENDS_WITH="1")
    assert run.returncode == 1
    last = run.stderr.splitlines()[-1]
    assert last.startswith("course: pip could not install the packages")
    assert message in last
    assert "Traceback" not in run.stderr
    assert pip_says.splitlines()[0] in (clone.root / ".venv" / "install.log").read_text()
    clone.forget_calls()
    assert clone.run().returncode == 0
    assert clone.calls() == ["venv", "pip", "pip"]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_set_up_says_so_and_the_next_start_recovers(clone, sent):
    process = clone.begin(PIP_TAKES_S="60")
    clone.wait_for_pip()
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.splitlines()[-1] == "course: the set-up was interrupted; the next start begins again from scratch"
    clone.forget_calls()
    assert clone.run().returncode == 0
    assert clone.calls() == ["venv", "pip", "pip"]


def test_after_kill_9_the_next_start_waits_for_the_orphaned_pip_and_begins_anew(clone):
    process = clone.begin(PIP_TAKES_S="3")
    clone.wait_for_pip()
    process.kill()
    process.wait()
    started = time.monotonic()
    run = clone.run()
    assert run.returncode == 0
    assert "waiting" in run.stderr
    assert time.monotonic() - started > 1
    assert clone.calls() == ["venv", "pip", "venv", "pip", "pip"]
    process.communicate()


def test_killed_while_emptying_the_folder_is_still_known_as_ours(ready):
    for path in (ready.root / ".venv").iterdir():
        if path.name not in ("made-by-course", "bin"):
            path.unlink()
    assert ready.run().returncode == 0
    assert ready.calls() == ["venv", "pip", "pip"]


def test_two_starts_at_once_set_up_once(clone):
    first = clone.begin("one", PIP_TAKES_S="1")
    clone.wait_for_pip()
    second = clone.run("two")
    first_out, _ = first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "['one']" in first_out and "['two']" in second.stdout
    assert "waiting" in second.stderr
    assert clone.calls() == ["venv", "pip", "pip"]


def test_somebody_elses_venv_stays_as_it_is(clone):
    theirs = clone.root / ".venv" / "precious.txt"
    theirs.parent.mkdir()
    theirs.write_text("theirs")
    run = clone.run()
    assert run.returncode == 1
    assert "was not made by the course" in run.stderr
    assert theirs.read_text() == "theirs"
    assert not clone.calls_file.exists()


def test_a_python_that_vanished_from_venv_makes_it_anew(ready):
    python = ready.root / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/no/such/python3.11")
    assert ready.run().returncode == 0
    assert ready.calls() == ["venv", "pip", "pip"]


def test_another_python_behind_the_link_makes_it_anew(ready):
    stamp = ready.root / ".venv" / "stamp"
    version = "{}.{}".format(*sys.version_info[:2])
    stamp.write_text(stamp.read_text().replace(f"python {version}", "python 3.5"))
    run = ready.run("words")
    assert run.returncode == 0
    assert run.stdout.endswith("['words']\n")
    assert ready.calls() == ["venv", "pip", "pip"]


def test_a_clone_that_was_moved_is_set_up_where_it_is_now(ready):
    moved = ready.root.with_name("moved")
    ready.root.rename(moved)
    ready.root = moved
    run = ready.run()
    assert run.returncode == 0
    assert run.stdout.startswith(str(moved))
    assert ready.calls() == ["venv", "pip", "pip"]


def test_outside_a_clone_nothing_is_set_up(clone):
    (clone.root / "requirements.txt").unlink()
    run = clone.run("words")
    assert run.returncode == 0
    assert run.stdout == f"{sys.prefix} ['words']\n"
    assert not (clone.root / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(clone, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit) as end:
        bootstrap.enter([], root=str(clone.root))
    assert "apt install python3." in str(end.value)
    assert not (clone.root / ".venv").exists()


@pytest.mark.parametrize(
    ("number", "message"),
    [(errno.ENOSPC, "is full; make room"), (errno.EDQUOT, "is full"), (errno.EROFS, "no permission to write")],
)
def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(clone, monkeypatch, number, message):
    def fail(self):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(bootstrap.Place, "empty", fail)
    with pytest.raises(SystemExit) as end:
        bootstrap.enter([], root=str(clone.root))
    assert message in str(end.value)


def test_a_disk_with_too_little_room_is_told_before_anything_is_fetched(clone, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**8))
    with pytest.raises(SystemExit) as end:
        bootstrap.enter([], root=str(clone.root))
    assert "is full; make room" in str(end.value)
    assert not clone.calls_file.exists()


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("C.UTF-8", "this is Python 3.8, and the course needs 3.11 or newer"),
        ("zh_CN.UTF-8", "这是Python 3.8，而本课程需要3.11"),
    ],
)
def test_an_old_python_is_told_which_one_is_needed(monkeypatch, locale, said):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LANGUAGE", raising=False)
    with pytest.raises(SystemExit) as end:
        start_here()
    assert said in str(end.value)


def test_a_set_up_is_told_in_the_language_of_the_terminal(clone):
    run = clone.run(LC_ALL="zh_CN.UTF-8", PIP_SAYS="ERROR: torch is gone", PIP_ENDS_WITH="1")
    *progress, last = run.stderr.splitlines()
    assert progress and all(re.match(r"course: 正在", line) for line in progress)
    assert last.startswith("course: pip没能装好各个包：torch is gone；请解决之后重新启动")


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_what_tells_the_version_parses_on_old_pythons(name):
    assert ast.parse((ROOT / "course" / name).read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("name", EARLY_FILES)
def test_what_runs_first_needs_the_standard_library_only(name):
    tree = ast.parse((ROOT / "course" / name).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for module in modules:
                top = module.partition(".")[0]
                known = top in sys.stdlib_module_names or f"{module.removeprefix('course.')}.py" in EARLY_FILES
                # The last statement, run inside `.venv`, imports the command line.
                assert known or (name, module) == ("__main__.py", "course.cli"), f"{name} imports {module}"


def test_progress_names_what_pip_is_doing():
    text = "Collecting torch==2.13.0\n  Downloading https://a.b/c/torch-2.13.0.whl (190 MB)\n"
    assert installation.summary(text) == "downloading torch-2.13.0.whl (190 MB)"
    assert installation.summary(text + "Installing collected packages: a, b") == "unpacking the packages"
    assert installation.summary("") == "at work"
    asked = "Collecting numpy==2.1.0 (from -r /home/me/course/requirements.txt (line 3))"
    assert installation.summary(asked) == "collecting numpy==2.1.0"


@pytest.mark.slow
def test_the_real_set_up_from_an_empty_clone(tmp_path):
    root = tmp_path / "clone"
    unwanted = (".venv", ".git", ".course", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "submitted")
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*unwanted, "feedback", "exchange", "gradebook.db*"))
    lines = (root / "requirements.txt").read_text().splitlines()
    (root / "requirements.txt").write_text("\n".join(line for line in lines if line.partition("==")[0] in FEW))
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [bootstrap.base_python(), "-m", "course", "--version"]
    try:
        run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=900)
        if run.returncode and "check the network" in run.stderr:
            pytest.skip("no package index can be reached from here")
        assert run.returncode == 0, run.stderr
        assert run.stdout.startswith("course ")
        check = "import course.cli, sys; print(sys.prefix, course.__file__)"
        python = root / ".venv" / "bin" / "python"
        seen = subprocess.check_output([python, "-c", check], cwd=tmp_path, env=environment, text=True)
        assert seen.split() == [str(root / ".venv"), str(root / "course" / "__init__.py")]
        assert (root / ".venv" / "bin" / "course").exists()
        stamp = (root / ".venv" / "stamp").stat().st_mtime_ns
        again = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=60)
        assert (again.stdout, again.stderr) == (run.stdout, "")
        assert (root / ".venv" / "stamp").stat().st_mtime_ns == stamp
    finally:
        shutil.rmtree(root)  # pytest would keep it for three runs
