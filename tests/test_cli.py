"""The command line: quick to start, with helpful messages about errors that a user can fix."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from course import cli, testing
from course.errors import CourseError
from course.terminal import busy

ROOT = Path(__file__).resolve().parents[1]
SUBCOMMANDS = typer.main.get_command(cli.app).commands
COMMANDS = ["build", "try", "grade", "explain", "demo", "test", "kit", "import", "export", "late", "lab", "doctor"]


def course(*words: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "COLUMNS": "120", "TERM": "dumb"}
    command = [sys.executable, "-m", "course.cli", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_help_names_every_command():
    run = course("--help")
    assert run.returncode == 0
    for command in COMMANDS:
        assert command in run.stdout


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_of_every_command_has_an_example_that_can_be_typed(name):
    command = SUBCOMMANDS[name]
    (example,) = re.findall(rf"^ *For example.*?: (?:python3 -m )?(course {name}\b.*)$", command.help, re.MULTILINE)
    assert command.make_context(name, shlex.split(example)[2:]), "a misspelt word would be raised"


def test_a_paragraph_of_help_is_wrapped_by_the_terminal_alone():
    assert not [p for c in SUBCOMMANDS.values() for p in c.help.split("\n\n") if "\n" in p]


def test_help_of_test_is_ours_and_says_where_further_words_go():
    run = course("test", "--help")
    assert run.returncode == 0 and "further words go to pytest" in " ".join(run.stdout.split())
    assert "course test -- --help" in " ".join(run.stdout.split())


NAMES = {
    "a command": (["repotr"], "report"),
    "a lesson to build": (["build", "way1_nump"], "way1_numpy"),
    "a lesson": (["grade", "Way1"], "way1_numpy"),
    "a lesson reported on": (["report", "way6"], "way6_module"),
    "a lesson to compare": (["similar", "way6modul"], "way6_module"),
    "a lesson to show": (["late", "way1_nmpy"], "way1_numpy"),
    "a lesson to import": (["import", "x.zip", "way2_tensor"], "way2_tensors"),
    "a lesson to export": (["export", "canvas", "way5", "--into", "x.csv"], "way5_optimizer"),
    "an exercise": (["try", "way1_numpy.backwrd", "x.py"], "way1_numpy.backward"),
    "an exercise of a lesson that is misspelt, too": (["try", "way1_nunpy.backwrd", "x.py"], "way1_numpy.backward"),
    "an option": (["kit", "--oot", "x"], "--out"),
}


@pytest.mark.parametrize(("words", "meant"), NAMES.values(), ids=list(NAMES))
def test_for_a_misspelt_name_the_nearest_is_offered(words, meant, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["course"])
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert end.value.code == 2
    assert f"Did you mean “{meant}”?" in said or f"Did you mean '{meant}'" in said or f"options: {meant}" in said, said


def test_help_loads_nothing_heavy():
    script = (
        "import sys\nfrom course.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "sys.stderr.write(' '.join({'torch', 'numpy', 'nbgrader', 'jupytext'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")


def test_help_waits_for_nothing_that_takes_long_to_load():
    heavy = ("torch", "numpy", "nbgrader", "nbformat", "jupytext", "IPython", "dask", "sqlalchemy", "matplotlib")
    script = (
        "import atexit, sys; from course.cli import main; sys.argv = ['course', '--help']\n"
        f"atexit.register(lambda: print('loaded', [m for m in {heavy} if m in sys.modules]))\n"
        "main()"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "loaded []" in run.stdout.splitlines()


def test_version():
    run = course("--version")
    assert (run.returncode, run.stdout) == (0, "course 0.1.0\n")


@pytest.mark.parametrize(
    "words",
    [
        ["build", "way9_quantum"],
        ["build", "--language", "tlh"],
        ["try", "way1_numpy.backwards", "README.md"],
        ["try", "way1_numpy.backward", "no_such_file.py"],
    ],
    ids=" ".join,
)
def test_what_a_user_can_put_right_is_one_sentence_and_status_2(words):
    run = course(*words)
    assert run.returncode == 2, run.stderr
    assert run.stderr.startswith("course: ")
    assert len(run.stderr.splitlines()) == 1
    assert run.stdout == ""


@pytest.mark.parametrize("words", [["grade", "--workers", "0"], ["try", "way1_numpy.backward"], ["bake"]], ids=" ".join)
def test_words_that_make_no_sense_end_with_status_2(words):
    run = course(*words)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_course_error_is_told_without_a_traceback(monkeypatch, capsys):
    def fail(**_: object) -> None:
        raise CourseError("the moon is missing; hang it up")

    monkeypatch.setattr("course.doctor.examine", fail)
    with pytest.raises(SystemExit) as end:
        cli.main(["doctor"])
    assert end.value.code == 2
    assert capsys.readouterr() == ("", "course: the moon is missing; hang it up\n")


def test_any_other_error_keeps_its_traceback(monkeypatch):
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("course.doctor.examine", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["doctor"])


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("KeyError('moon')", "internal error: KeyError: 'moon'."),
        (
            "NotADirectoryError(20, 'Not a directory', '/c/.course')",
            "/c/.course is in the way, or not yours: Not a dir",
        ),
        ("OSError(28, 'No space left on device')", "The disk is full: make room."),
    ],
)
def test_a_program_tells_any_other_error_in_one_sentence_and_keeps_the_details(tmp_path, raised, said):
    script = (
        "import sys, course.cli, course.doctor\n"
        f"def fail(**_): raise {raised}\n"
        "course.doctor.examine, sys.argv = fail, ['course', 'doctor']\n"
        "course.cli.main()"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    words = [sys.executable, "-c", script]
    run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"course: {said}") and len(run.stderr.splitlines()) == 1
    details = [file.read_text() for file in tmp_path.glob("course-error-*.log")]
    if "KeyError" in raised:
        assert len(details) == 1 and "line 2, in fail" in details[0] and str(tmp_path) in run.stderr
    else:
        assert details == []


class TestPlanOfATestRun:
    def test_notebooks_are_replayed_with_two_threads_before_the_tests(self):
        replay, tests = testing.stages([], ci=False, n_processes=1)
        assert (replay.n_threads, tests.n_threads) == (2, 1)
        assert {"--nbval", "--nbval-current-env", "source"} <= set(replay.words)
        assert tests.words == ("tests",)

    def test_extra_words_go_to_the_tests_only(self):
        plan = testing.stages(["-x", "--durations=3"], ci=False, n_processes=1)
        assert len(plan) == 2
        assert plan[-1].words == ("-x", "--durations=3", "tests")
        assert "-x" not in plan[0].words

    @pytest.mark.parametrize("word", ["--color=yes", "--cov=course", "--continue-on-collection-errors"])
    def test_options_that_begin_like_one_that_chooses_tests_choose_none(self, word):
        assert len(testing.stages([word], ci=False, n_processes=1)) == 2

    def test_only_a_debugger_needs_all_tests_in_one_process(self):
        assert "-n" in testing.stages(["--trace-config"], ci=False, n_processes=2)[-1].words
        assert testing.stages(["--trace"], ci=False, n_processes=2)[-1].words == ("--trace", "tests")

    @pytest.mark.parametrize(
        "words",
        [
            ["tests/test_cli.py"],
            ["tests/test_cli.py::test_version"],
            ["-k", "version"],
            ["-kversion"],
            ["--deselect=tests/test_cli.py"],
            ["--sw-skip"],
        ],
    )
    def test_words_that_choose_tests_leave_the_notebooks_out(self, words):
        (only,) = testing.stages(words, ci=False, n_processes=1)
        assert only.words[: len(words)] == tuple(words)

    def test_a_named_test_is_not_drowned_in_all_the_others(self):
        (only,) = testing.stages(["tests/test_cli.py"], ci=False, n_processes=1)
        assert only.words == ("tests/test_cli.py",)

    def test_in_ci_the_notebooks_are_never_left_out(self):
        assert len(testing.stages(["-k", "version"], ci=True, n_processes=1)) == 2

    def test_the_users_number_of_processes_wins(self):
        assert testing.stages([], ci=False, n_processes=2)[-1].words[:2] == ("-n", "2")
        assert testing.stages(["-n", "7"], ci=False, n_processes=2)[-1].words == ("-n", "7", "tests")

    def test_one_failing_stage_fails_the_run_and_the_others_still_run(self, monkeypatch, capsys):
        ran = []

        def run_stage(stage: testing.Stage) -> int:
            ran.append(stage.title)
            return 1 if "two" in stage.title else 0

        monkeypatch.setattr(testing, "run_stage", run_stage)
        assert testing.run_tests([]) == 1
        assert len(ran) == 2
        assert capsys.readouterr().out.splitlines()[-1] == "course: failed: notebooks of source/ with two threads"


def test_what_shows_that_something_goes_on_keeps_off_what_is_printed(monkeypatch, capsys):
    with busy("counting"):
        print("nobody looks")
    assert capsys.readouterr() == ("nobody looks\n", "")
    monkeypatch.setenv("FORCE_COLOR", "1")  # as in a terminal
    with busy("counting"):
        print("one", "line")
        print("another")
    out, err = capsys.readouterr()
    assert out == "one line\nanother\n" and err.count("counting") >= 3
