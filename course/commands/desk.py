"""Commands between the instructor and the outside world."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.busy import busy
from course.commands.shared import (
    JsonOption,
    LanguageOption,
    LessonsArgument,
    TellInOption,
    close_to_others,
    interruptible,
)
from course.language import say

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
    language: TellInOption = None,
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
    language: TellInOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put what a learning platform hands out into submitted/; it finds each lesson's notebook by its cells.

    For example: course import submissions.zip --roster 2026-03-20T1200_Grades-NN101.csv

    What is there already is replaced only by what is newer, and each submission whole. Where somebody's work cannot be
    matched with a student nothing is written.

    Exit status: 0 all is in submitted/; 1 something is not, and the table says why; 2 something has to be put right.
    """
    with interruptible():
        from course.desk.imports import Wishes
        from course.desk.imports import import_work as import_from

        close_to_others(Path.cwd())
        wishes = Wishes(lesson, dry_run, yes, replace, timezone)
        raise typer.Exit(import_from(path, wishes, roster=roster, as_json=as_json))


@app.command()
def late(lessons: LessonsArgument = None, language: TellInOption = None, as_json: JsonOption = False) -> None:
    """Show what is due when, who is late, by how much, and what was taken off.

    For example: course late way1_numpy
    """
    from course.desk.late import show_late

    with busy(say("reading what was graded")):
        show_late(lessons or [], as_json=as_json)
