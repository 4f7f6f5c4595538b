"""Commands between the instructor and the outside world."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def kit(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it. Default: kit.zip.")] = None,
) -> None:
    """Write the zip that students get: lessons, a page to start from, the package, how to install it."""
    from course.desk.kit import write_kit

    write_kit(out)
