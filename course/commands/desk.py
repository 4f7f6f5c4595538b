"""The instructor's commands: what goes out and comes in, and the reports on a class."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.commands.shared import (
    JsonOption,
    LanguageOption,
    LessonsArgument,
    MessageLanguageOption,
    close_to_others,
    interruptible,
)
from course.language import say
from course.terminal import busy

app = typer.Typer()


@app.command()
def kit(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it. Default: kit.zip.")] = None,
    language: LanguageOption = None,
) -> None:
    """Write the zip that students get: lessons, a page to start from, the package, how to install it.

    For example: course kit --out nn101.zip
    """
    from course.desk.kit import write_kit

    with busy(say("packing")):
        write_kit(out, language=language)


class Platform(StrEnum):
    canvas = "canvas"
    moodle = "moodle"


@app.command()
def export(
    platform: Annotated[Platform, typer.Argument(help="Where the file comes from.")],
    lessons: LessonsArgument = None,
    into: Annotated[
        Path, typer.Option(metavar="FILE", help="The gradebook from Canvas, or the grading worksheet from Moodle.")
    ] = ...,  # type: ignore[assignment]
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write. Default: beside it, as FILE-filled.csv.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(metavar="HEADER", help="The column to fill, where titles do not tell; for one lesson.")
    ] = None,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Also scores with written answers that nobody has marked yet.")
    ] = False,
    language: MessageLanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fill scores into a copy of the file that you downloaded from Canvas or Moodle; nothing else in it changes.

    For example: course export canvas --into 2026-03-20T1200_Grades-NN101.csv

    Exit status: 0 everybody's score is in it; 1 some are not, and the table says why; 2 nothing was written.
    """
    from course.desk.export import export as export_scores

    with busy(say("filling in scores")):
        status = export_scores(
            platform.value,
            lessons or [],
            into,
            out=out,
            column=column,
            unfinished=unfinished,
            as_json=as_json,
        )
    raise typer.Exit(status)


@app.command(name="import")
def import_work(
    path: Annotated[Path, typer.Argument(metavar="ZIP|FOLDER", help="What Canvas, Moodle or Blackboard handed out.")],
    lesson: Annotated[str | None, typer.Argument(metavar="[LESSON]", help="Take only what is of this lesson.")] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The class: Canvas's gradebook, Moodle's grading worksheet, or a CSV file with a column id.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Take what is certain, although somebody could not be matched.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Also where what is in submitted/ may be newer.")] = False,
    timezone: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The platform's, such as Europe/Berlin. Default: this computer's."),
    ] = None,
    language: MessageLanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put what a learning platform hands out into submitted/; it finds each lesson's notebook by its cells.

    For example: course import submissions.zip --roster 2026-03-20T1200_Grades-NN101.csv

    What is there already is replaced only by what is newer, and each submission whole. Where somebody's work cannot be
    matched with a student nothing is written.

    Exit status: 0 all is in submitted/; 1 something is not, and the table says why; 2 something has to be put right.
    """
    with interruptible():
        from course.desk.imports import ImportOptions
        from course.desk.imports import import_work as import_from

        close_to_others(Path.cwd())
        options = ImportOptions(lesson, dry_run, yes, replace, timezone)
        raise typer.Exit(import_from(path, options, roster=roster, as_json=as_json))


@app.command()
def late(lessons: LessonsArgument = None, language: MessageLanguageOption = None, as_json: JsonOption = False) -> None:
    """Show what is due when, who is late, by how much, and what was taken off.

    For example: course late way1_numpy
    """
    from course.desk.late import show_late

    with busy(say("reading what was graded")):
        show_late(lessons or [], as_json=as_json)


@app.command()
def report(
    lessons: LessonsArgument = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it. Default: report.html.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same numbers, as one JSON object.")] = False,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Other names for students, the same each time; no links, no file names.")
    ] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    language: LanguageOption = None,
) -> None:
    """Write what a graded class understood and what not, as one page to read before the next lecture.

    For example: course report way1_numpy way2_tensors --open

    Everything comes from the gradebook and what grading noted; no student code runs. `course grade` writes it too.
    """
    with interruptible():
        from course.reports.command import report as report_class

        close_to_others(Path.cwd())
        with busy(say("reading what was graded")):
            report_class(lessons, out=out, as_json=as_json, anonymous=anonymous, open_page=open_page, language=language)


@app.command()
def similar(
    lessons: LessonsArgument = None,
    language: MessageLanguageOption = None,
    as_json: JsonOption = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="The other names of the report; no comments.")] = False,
) -> None:
    """List students whose answers share what is rare in the class: something to look at, never a finding.

    For example: course similar way1_numpy

    Blanks are short, so right answers look alike: it says how much, and counts only what hardly anybody else wrote.
    What was handed out and what the banks have counts for nothing.
    """
    with interruptible():
        from course.reports.command import show_similar

        close_to_others(Path.cwd())
        with busy(say("comparing answers")):
            show_similar(lessons, as_json=as_json, anonymous=anonymous)
