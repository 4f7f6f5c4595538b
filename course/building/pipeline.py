"""The way from lesson texts to source/ and release/."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.atomic import write_atomically
from course.building.built_notebooks import REPOSITORY, notebook_path
from course.building.execution import execute
from course.building.expansion import expand
from course.building.languages import require_language
from course.building.leaks import leaks, solution_lines
from course.building.lesson import Contract, Lesson, read_lesson
from course.building.questions import own_questions
from course.building.release import generate_release
from course.building.rules import check_lesson
from course.building.written import Written, digests
from course.errors import CourseError


def build_lessons(
    names: Sequence[str] | None,
    language: str,
    root: Path | None,
    registry: Mapping[str, Sequence[Contract]] | None = None,
    *,
    overwrite: bool = False,
) -> None:
    """Build the named lessons, or all of them.

    registry: exercises by lesson in the contract's order; those of course.lessons by default. overwrite: also a
    notebook that somebody has changed since it was built; a copy of it is kept.
    """
    require_language(language)
    root = root.resolve() if root else course_folder()
    notebooks, lessons = unexecuted(names, root, language, registry)
    written = Written(root)
    for name, notebook in notebooks.items():
        if not overwrite:
            written.require_unchanged("source", name, digests(notebook))
    execute(notebooks)

    with tempfile.TemporaryDirectory(prefix="course-source-") as folder:
        sources = {}
        for name, notebook in notebooks.items():
            nbformat.validate(notebook)
            sources[name] = Path(folder) / f"{name}.ipynb"
            sources[name].write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        releases = generate_release(sources, root)
        for name, lesson in lessons.items():
            _refuse_leaks(lesson, releases[name])
            made = {"source": sources[name].read_bytes(), "release": releases[name]}
            cells = {step: digests(json.loads(content)) for step, content in made.items()}
            for step in made:
                if not overwrite:
                    written.require_unchanged(step, name, cells[step])
            for step in made:
                if copy := written.put_aside(step, name, cells[step]):
                    print(f"{step}/{name}/{name}.ipynb had been changed; it is kept as {copy.relative_to(root)}")
            for step, content in made.items():
                path = notebook_path(step, name, root)
                # beside the lesson's folder: nbgrader hands out whatever lies inside, even what a killed build left
                write_atomically(path, content, beside=path.parent.parent)
            write_atomically(written.path, written.note(name, cells).encode())


def unexecuted(
    names: Sequence[str] | None,
    root: Path,
    language: str = "en",
    registry: Mapping[str, Sequence[Contract]] | None = None,
) -> tuple[dict[str, NotebookNode], dict[str, Lesson]]:
    """Return the notebooks that the named texts under `root` give, or all texts, and the texts, by lesson.

    Raises CourseError at the first rule that a text breaks.
    """
    if registry is None:
        from course.lessons import LESSONS, exercises_of

        # Only the chosen lessons are looked at, so one can be built while another is being written.
        registry = {name: exercises_of(name) if name in (names or LESSONS) else () for name in LESSONS}
        # a text of the instructor's own: its questions stand in it
        registry |= {path.stem: () for path in sorted((root / "lessons").glob("*.py")) if path.stem not in LESSONS}
    chosen = list(dict.fromkeys(names or registry))
    for name in chosen:
        if name not in registry:
            raise CourseError(f"There is no lesson `{name}`: the lessons are {', '.join(registry)}.")

    # Every text is checked before the first one is run: running takes the time.
    lessons = {name: read_lesson(root / "lessons" / f"{name}.py") for name in chosen}
    for name, lesson in lessons.items():
        check_lesson(lesson, registry[name])
    own = {n: own_questions(lesson, {e.name: e for e in registry[n]}) for n, lesson in lessons.items()}
    notebooks = {name: expand(lesson, registry[name], own[name], language) for name, lesson in lessons.items()}
    return notebooks, lessons


def course_folder() -> Path:
    """Return the folder to build in: the clone this package lies in from anywhere inside it, else one with lessons.

    Raises CourseError elsewhere: a build that starts there would change files that nobody looks at.
    """
    here = Path.cwd().resolve()
    if here.is_relative_to(REPOSITORY):
        return REPOSITORY
    if (here / "lessons").is_dir():
        return here
    home = f", {REPOSITORY}," if (REPOSITORY / "lessons").is_dir() else ""
    raise CourseError(f"There is no folder lessons/ in {here}: go to the folder of the course{home} and try again.")


def _refuse_leaks(lesson: Lesson, release: bytes) -> None:
    lines = solution_lines(lesson)
    for cell in nbformat.reads(release.decode(), as_version=4).cells:
        for exercise, line in leaks(lines, cell.source):
            raise CourseError(
                f"lessons/{lesson.id}.py, cell `{cell.id}`: students would read a line of the solution of "
                f"`{exercise}` there ({line}): say it in other words, or show it on another example."
            )
