"""Commands that tell what a class came to."""

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
            status = report_class(
                lessons, out=out, as_json=as_json, anonymous=anonymous, open_page=open_page, language=language
            )
        raise typer.Exit(status)


@app.command()
def similar(
    lessons: LessonsArgument = None,
    language: TellInOption = None,
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
