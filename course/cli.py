"""The command line: thin commands, each of which imports its subpackage only when called."""

import contextlib
import inspect
import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from course import __version__
from course.commands import desk
from course.commands.shared import (
    DeviceOption,
    JsonOption,
    LanguageOption,
    LessonsArgument,
    MessageLanguageOption,
    UnconfinedOption,
    close_to_others,
    interruptible,
    unforeseen,
)
from course.errors import CourseError, Interrupted, plain
from course.language import of_terminal, say, use
from course.terminal import busy

app = typer.Typer(
    name="course",
    help="Six ways to a two-layer network: build the lessons, try answers, grade submissions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(desk.app)

CLONE = Path(__file__).resolve().parents[1]
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"course {__version__}")
        raise typer.Exit


@app.callback()
def course(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def build(
    lessons: LessonsArgument = None,
    language: LanguageOption = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="CELL", help="Note that this cell's translation is right again; also LESSON.CELL."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="The course to write into. Default: this one, another language in its folder."
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also what was changed since it was built; a copy of it is kept.")
    ] = False,
) -> None:
    """Build source/ (executed) and release/ from the texts in lessons/, for Chinese with those in lessons/zh/.

    For example: course build --language zh
    """
    from course.building import build as build_lessons

    close_to_others(CLONE)
    with busy(say("building")):
        tree = build_lessons(lessons or None, language=language, overwrite=overwrite, out=out, accepted=accept or ())
    close_to_others(tree)


@app.command(name="try")
def try_answer(
    exercise: Annotated[str, typer.Argument(help="Full id, such as way1_numpy.backward.")],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Python files with an answer each, FILE.py::CASE of a file with several, or notebooks.",
        ),
    ],
    device: DeviceOption = "cpu",
    seed: Annotated[int | None, typer.Option(min=0, help="Ask what a graded run with this seed asked.")] = None,
    language: MessageLanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run one exercise's graded check on each answer; exit status 0 only if all pass.

    For example: course try way1_numpy.backward mine.py work/way1_numpy/way1_numpy.ipynb

    Of a notebook it tells in the notebook's own language.
    """
    from course.try_answer import try_files

    with busy(say("asking")):
        status = try_files(exercise, files, device=device, seed=seed, as_json=as_json)
    raise typer.Exit(status)


@app.command()
def grade(
    lessons: LessonsArgument = None,
    student: Annotated[str | None, typer.Option(metavar="ID", help="Grade this student only.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Submissions at a time. Default: one per processor.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Run them on the workers of this Dask scheduler: docs/scaling.md."),
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Also what has not changed: student code runs once more, and is asked fresh questions."
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on with what arrives in submitted/, until Ctrl-C: docs/grading.md.")
    ] = False,
    device: DeviceOption = "cpu",
    language: MessageLanguageOption = None,
    as_json: JsonOption = False,
    unconfined: UnconfinedOption = False,
) -> None:
    """Grade what lies in submitted/; safe to interrupt and to repeat.

    What has not changed is not run again; what is taken off for being late always follows due date, extensions and
    policy.

    For example, one student's first lesson anew: course grade way1_numpy --again --student anna

    Exit status: 0 all could be graded; 1 some could not, or work in submitted/ was left out; 2 nothing more can be done
    before something is put right, and one sentence says what; 130 interrupted with Ctrl-C, 143 with SIGTERM: the next
    run goes on from there.
    """
    with interruptible():
        from course.grading.batch import grade as grade_lessons
        from course.grading.batch import grader_factory
        from course.reports.command import report_after_grading

        close_to_others(Path.cwd())
        write_report = partial(report_after_grading, quiet=as_json)
        how: dict[str, Any] = {"workers": workers, "device": device, "confined": not unconfined, "scheduler": scheduler}
        what: dict[str, Any] = {"lessons": lessons or None, "student": student, "as_json": as_json, "again": again}
        if watch:
            from course.grading.watching import Watch

            here = Path.cwd().resolve()
            Watch(here, grader_factory(here, **how), when_quiet=write_report, **what).go_on()
        status = grade_lessons(**what, **how)
        write_report()
        raise typer.Exit(status)


@app.command()
def explain(
    student: Annotated[str, typer.Argument(help="The student's id, as in submitted/.")],
    exercise: Annotated[str, typer.Argument(help="Full id, such as way1_numpy.backward.")],
    changed: Annotated[
        Path | None,
        typer.Option("--with", metavar="FILE", help="Ask this answer or notebook the same questions, too."),
    ] = None,
    device: DeviceOption = "cpu",
    language: MessageLanguageOption = None,
    as_json: JsonOption = False,
    unconfined: UnconfinedOption = False,
) -> None:
    """Ask the graded run's very questions again: the points, the message, and the inputs it failed on.

    For example: course explain anna way1_numpy.backward --with corrected.py
    """
    with interruptible():
        from course.grading.appeal import explain as explain_grade

        settings: dict[str, Any] = {"device": device, "as_json": as_json, "confined": not unconfined}
        with busy(say("asking")):
            status = explain_grade(student, exercise, changed=changed, **settings)
        raise typer.Exit(status)


@app.command()
def demo() -> None:
    """Build a demo class from the banks, grade it for real, and show where everything lies.

    For example, in a fresh clone: python3 -m course demo
    """
    with interruptible():
        from course.demo import demo as run_demo

        raise typer.Exit(run_demo())


@app.command(context_settings=PASS_ON)
def test(context: typer.Context) -> None:
    """Run all tests this machine can run; further words go to pytest, and `course test -- --help` lists its own.

    For example: course test tests/test_watch.py -k report
    """
    from course.testing import run_tests

    raise typer.Exit(run_tests(context.args))


@app.command(context_settings=PASS_ON)
def lab(
    context: typer.Context,
    student: Annotated[
        bool, typer.Option("--student", help="Open the lessons as a student gets them, in work/; nothing is replaced.")
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Open JupyterLab set up for the course; other words go to it, and `jupyter lab --help` lists them.

    For example: course lab --student

    In the folder of a course it opens with formgrader, in that of an unpacked kit with START.
    """
    from course.lab import open_lab

    close_to_others(CLONE)
    raise typer.Exit(open_lab(context.args, student=student, language=language))


@app.command()
def doctor(language: MessageLanguageOption = None, as_json: JsonOption = False) -> None:
    """Tell what works on this machine, and what to do about what does not.

    For example: course doctor --json
    """
    from course.doctor import examine

    raise typer.Exit(examine(as_json=as_json))


for told in (*app.registered_commands, *desk.app.registered_commands):
    # join each paragraph into one line, for the terminal to wrap: Typer keeps the line breaks of a docstring
    told.help = re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.getdoc(told.callback) or "")


def main(words: list[str] | None = None) -> None:
    """Run one command. A `CourseError` becomes a sentence on stderr and status 2, a signal 128 + its number.

    words: the arguments, for a caller in Python, to whom any other error is raised; by default those of the process,
    and then any other error is reported in one sentence.
    """
    if words is None:
        use(of_terminal())
    try:
        app(args=words, prog_name="course")
    except CourseError as problem:
        print(f"course: {plain(str(problem))}", file=sys.stderr)
        raise SystemExit(2) from None
    except Exception as problem:
        if words is not None:
            raise
        print(f"course: {plain(unforeseen(problem))}", file=sys.stderr)
        raise SystemExit(2) from None
    except Interrupted as end:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                if stream is sys.stderr:
                    print(f"course: {plain(str(end))}", file=stream)
                stream.flush()
        # exit at once: Python takes seconds to unload torch, and a second press would kill it meanwhile
        os._exit(128 + end.number)


if __name__ == "__main__":
    main()
