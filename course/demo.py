"""`course demo`: make a demo class from the banks, grade it for real, and write feedback with nbgrader's command."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from course.building.built_notebooks import REPOSITORY
from course.errors import course_error
from course.grading.demo_class import MARK, PREFIX, demo_class, set_due_dates, write_class
from course.language import later, listed, say
from course.lessons import LESSONS
from course.sandbox.confinement import CannotConfine
from course.sandbox.system import n_processors
from course.terminal import Printer, busy

WHERE_TO_LOOK = later(
    "Where to look next\n"
    "  submitted/    what the demo students handed in\n"
    "  autograded/   their notebooks with what each check says\n"
    "  feedback/     the same as web pages, to hand back\n"
    "  gradebook.db  the gradebook; `course lab` opens JupyterLab, where the menu Nbgrader > Formgrader shows it\n"
    "  written answers (5 points a lesson) wait there for a person to grade them\n"
    "  report.html   what the class understood and what not, to open in a browser"
)


def _guard_real_class(root: Path) -> None:
    """Raise CourseError, which says what was found, if there is anything but a demo class here."""
    submitted = root / "submitted"
    if submitted.is_dir():
        others = sorted(p.name for p in submitted.iterdir() if not p.name.startswith(PREFIX) and p.name != MARK)
        if others or (any(submitted.iterdir()) and not (submitted / MARK).exists()):
            found = listed(others[:3]) or say("a folder that is not marked as a sample")
            raise course_error(
                "submitted/ holds something other than the demo class ({found}). The demo leaves it alone: run it "
                "in a fresh clone.",
                found=found,
            )
    from course.grading.standings import students_of_class

    real = sorted(s for s in students_of_class(root) if not s.startswith(PREFIX))
    if real:
        raise course_error(
            "The gradebook holds students of a real class ({names} …). The demo leaves it alone: run it in a"
            " fresh clone.",
            names=listed(real[:3]),
        )


def write_feedback(root: Path) -> None:
    """Run `nbgrader generate_feedback` for every lesson that has graded notebooks.

    Raises CourseError with nbgrader's last line if it fails.
    """
    graded = [lesson for lesson in LESSONS if any(root.glob(f"autograded/*/{lesson}/{lesson}.ipynb"))]
    # one process per lesson: nbgrader changes its working directory, so it cannot be called from threads
    with ThreadPoolExecutor(n_processors()) as executor:
        list(executor.map(lambda lesson: _write_lesson(root, lesson), graded))


def _write_lesson(root: Path, lesson: str) -> None:
    words = [sys.executable, "-m", "course.fast_import", "nbgrader", "generate_feedback", lesson, "--force"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [say("there was no message")])[-1]
        raise course_error("Feedback for {lesson} could not be written: {last}", lesson=lesson, last=last)


def _print_grades(found: dict[tuple[str, str], float], students: list[str], most: dict[str, float]) -> None:
    """Print points from checks, one row per student; most: the maximum of each lesson."""
    lessons, rows = sorted(most), []
    heads = [say("student"), *(f"{lesson.partition('_')[0]} /{most[lesson]:g}" for lesson in lessons)]
    for student in students:
        points = [found.get((student, lesson)) for lesson in lessons]
        rows.append([student, *("–" if p is None else f"{p:g}" for p in points), f"{sum(p or 0 for p in points):g}"])
    title = say("Points from checks (written answers are graded by hand)")
    Printer(width=100).show([*heads, say("sum /{points:g}", points=sum(most.values()))], rows, title, n_texts=1)


def demo(root: Path | None = None) -> int:
    """Make the demo class, grade it, write feedback, and print the grades and where to find everything."""
    here = (root or Path.cwd()).resolve()
    home = here if (here / "banks").is_dir() else REPOSITORY  # a course in another language is built from the clone
    if not (home / "banks").is_dir() or not (here / "release").is_dir():
        raise course_error("The demo needs the repository: go to the folder that holds banks/ and release/.")
    _guard_real_class(here)
    with busy(say("making a class")):
        students = demo_class(home)
        count = write_class(here, students)
    told = later("A demo class of {n} students, {count} notebooks, lies in submitted/. Now it is graded.")
    print(say(told, n=len(students), count=count), flush=True)
    from course.grading import grade
    from course.grading.standings import checks_of_class, scores
    from course.reports.command import report_after_grading

    set_due_dates(here)
    try:
        status = grade(root=here)
    except CannotConfine as why:
        unprotected = say("The demo class is the course's own, so it is graded without protection.")
        print(f"{why}\n{unprotected}", flush=True)
        status = grade(root=here, confined=False)
    with busy(say("writing feedback")):
        write_feedback(here)
    most = {lesson: sum(cells.values()) for lesson, cells in checks_of_class(here).items()}
    _print_grades(scores(here), [s.name for s in students], most)
    print("\n" + say(WHERE_TO_LOOK))
    report_after_grading(here)
    return status
