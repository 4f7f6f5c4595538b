"""Commands between the instructor and the outside world."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.commands.shared import JsonOption, LessonsArgument

app = typer.Typer()


@app.command()
def kit(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it. Default: kit.zip.")] = None,
) -> None:
    """Write the zip that students get: lessons, a page to start from, the package, how to install it."""
    from course.desk.kit import write_kit

    write_kit(out)


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
    as_json: JsonOption = False,
) -> None:
    """Fill scores into a copy of the file that you downloaded from Canvas or Moodle; nothing else in it changes.

    For example: course export canvas --into 2026-03-20T1200_Grades-NN101.csv

    Exit status: 0 everybody's score is in it; 1 some are not, and the table says why; 2 nothing was written.
    """
    from course.desk.export import export as export_scores

    raise typer.Exit(
        export_scores(
            platform.value,
            lessons or [],
            into,
            out=out,
            column=column,
            unfinished=unfinished,
            as_json=as_json,
        )
    )
