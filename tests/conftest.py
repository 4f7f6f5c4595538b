"""What all tests share: one thread, whatever else runs at once, and no gradebook of a real class."""

import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.pop("COURSE_DB_URL", None)


def pytest_configure(config: object) -> None:
    """Close a fresh clone to other accounts as its first command does: tests read what later commands say."""
    from course.privacy import close

    close(Path(__file__).resolve().parents[1])


def pytest_sessionfinish(session: object) -> None:
    """Once all banks were tried, write docs/diagnosis.md (by the process that hands out the tests, not its workers)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    from course.exercises import LESSONS, exercises_of
    from tests import bank

    exercises = [e.id for lesson in LESSONS for e in exercises_of(lesson)]
    if all((bank.SAID / f"{e}.json").exists() for e in exercises):
        bank.write_table(exercises)
        for exercise in exercises:
            (bank.SAID / f"{exercise}.json").unlink()
