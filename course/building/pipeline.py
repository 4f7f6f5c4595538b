"""The pipeline from lesson texts to source/ and release/."""

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
from course.building.leaks import leaks, solution_lines
from course.building.lesson import Contract, Lesson, read_lesson, text_name
from course.building.questions import own_questions
from course.building.release import generate_release
from course.building.rules import check_lesson
from course.building.translation import accept, translated
from course.building.written import Written, digests
from course.configuration import CONFIG
from course.errors import CourseError, course_error, nearest, require_language
from course.language import LANGUAGES, listed, of_lesson, of_notebook, paragraph, say


def build_lessons(
    names: Sequence[str] | None,
    language: str | None,
    root: Path | None,
    registry: Mapping[str, Sequence[Contract]] | None = None,
    *,
    overwrite: bool = False,
    out: Path | None = None,
    accepted: Sequence[str] = (),
) -> Path:
    """Build lessons, as documented in `course.building.build`.

    registry: exercises by lesson, in their prescribed order; by default those of course.lessons. out: by default
    the result of `tree_in`.
    """
    root = root.resolve() if root else course_folder()
    chosen = _chosen(names, root, registry)
    tree = out.resolve() if out else tree_in(language, root, list(chosen))
    if language is not None:
        require_language(language)
    if accepted:
        if language in (None, LANGUAGES[0]):
            raise course_error("--accept is about a translation: name its language as well, as in `--language zh`.")
        accept(accepted, {name: (_text(name, root), _text(name, root, language)) for name in chosen}, root)
    notebooks, lessons = unexecuted(names, root, language, registry, tree)
    written = Written(tree)
    for name, notebook in notebooks.items():
        if not overwrite:
            written.require_language(name, of_notebook(notebook))
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
                    notebook_name = notebook_path(step, name, Path()).as_posix()
                    kept = copy.relative_to(tree)
                    print(
                        say(
                            "{notebook} had been changed; the changed version is kept as {kept}",
                            notebook=notebook_name,
                            kept=kept,
                        )
                    )
            for step, content in made.items():
                path = notebook_path(step, name, tree)
                # temporary file beside the lesson's folder: nbgrader releases all inside, even what a killed build left
                write_atomically(path, content, beside=path.parent.parent)
            write_atomically(written.path, written.note(name, cells).encode())
    if tree != root:
        _settle(tree, root)
    return tree


def _chosen(
    names: Sequence[str] | None, root: Path, registry: Mapping[str, Sequence[Contract]] | None
) -> dict[str, Sequence[Contract]]:
    """Return the exercises of the named lessons, by default of all that have a text here, by lesson.

    Raises CourseError for a lesson that does not exist.
    """
    if registry is None:
        from course.lessons import LESSONS, exercises_of

        # Only the chosen lessons are imported, so one can be built while another is being written.
        texts = sorted(path.stem for path in (root / "lessons").glob("*.py"))
        registry = {name: exercises_of(name) if name in (names or texts) else () for name in LESSONS if name in texts}
        # a text of the instructor's own, which defines its questions itself
        registry |= {name: () for name in texts if name not in LESSONS}
    chosen = list(dict.fromkeys(names or registry))
    for name in chosen:
        if name not in registry:
            told = say("There is no lesson “{name}”: there are {names}.", name=name, names=listed(registry))
            raise CourseError(paragraph(told, nearest(name, registry)))
    return {name: registry[name] for name in chosen}


def unexecuted(
    names: Sequence[str] | None,
    root: Path,
    language: str | None = None,
    registry: Mapping[str, Sequence[Contract]] | None = None,
    tree: Path | None = None,
) -> tuple[dict[str, NotebookNode], dict[str, Lesson]]:
    """Return the unexecuted notebooks of the named texts under `root`, by default all, and the texts, by lesson.

    language: by default the one that a lesson is built in. tree: the course in which it is built, by default `root`.

    Raises CourseError at the first rule that a text breaks, and if a translation does not match the English text.
    """
    lessons, notebooks = {}, {}
    # Every text is checked before any is executed, because execution is slow.
    for name, exercises in _chosen(names, root, registry).items():
        spoken = language or of_lesson(name, tree or root) or LANGUAGES[0]
        english = _text(name, root)
        check_lesson(english, exercises)
        own = own_questions(english, {e.name: e for e in exercises})
        lessons[name] = english
        if spoken != english.language:
            lessons[name] = translated(english, _text(name, root, spoken), root)
            check_lesson(lessons[name], exercises)
        notebooks[name] = expand(lessons[name], exercises, own)
    return notebooks, lessons


def _text(name: str, root: Path, language: str = LANGUAGES[0]) -> Lesson:
    return read_lesson(root / text_name(name, language))


def tree_in(language: str | None, root: Path, lessons: Sequence[str]) -> Path:
    """Return the folder of the course in a language: root/<language> if `root` is built in another, else `root`."""
    built = {of_lesson(name, root) for name in lessons} - {None}
    return root / language if language is not None and built - {language} else root


def _settle(tree: Path, root: Path) -> None:
    """Make a folder a separate course by giving it nbgrader's settings, and print where it is."""
    settings = (root if (root / CONFIG).is_file() else REPOSITORY) / CONFIG
    if not (tree / CONFIG).exists():
        write_atomically(tree / CONFIG, settings.read_bytes())
    print(say("The notebooks are in {folder}, a course of its own: grade there, and make its kit there.", folder=tree))


def course_folder() -> Path:
    """Return the folder to build in: this package's clone if inside it, else the current folder if it has lesson texts.

    Raises CourseError elsewhere: a build started there would change files that nobody looks at.
    """
    here = Path.cwd().resolve()
    if here.is_relative_to(REPOSITORY):
        return REPOSITORY
    if any((here / "lessons").glob("*.py")):
        return here
    if not (REPOSITORY / "lessons").is_dir():
        raise course_error(
            "There is no folder lessons/ in {here}: go to the folder of the course and try again.", here=here
        )
    raise course_error(
        "There is no folder lessons/ in {here}: go to the folder of the course, {home}, and try again.",
        here=here,
        home=REPOSITORY,
    )


def _refuse_leaks(lesson: Lesson, release: bytes) -> None:
    lines = solution_lines(lesson)
    for cell in nbformat.reads(release.decode(), as_version=4).cells:
        for exercise, line in leaks(lines, cell.source):
            raise course_error(
                "{file}, cell `{cell}`: students would read a line of the solution of `{exercise}` there ({line}): say "
                "it in other words, or show it on another example.",
                file=text_name(lesson.id, lesson.language),
                cell=cell.id,
                exercise=exercise,
                line=line,
            )
