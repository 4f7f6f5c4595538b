"""`course kit`: a zip file with everything a student needs on any machine, and nothing that gives answers away."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import nbformat

from course import configuration
from course.atomic import write_atomically
from course.building.built_notebooks import REPOSITORY, notebook_path
from course.building.expansion import metadata_in
from course.building.lesson import text_name
from course.building.pipeline import course_folder, tree_in, unexecuted
from course.building.release import generate_release
from course.building.written import Written, digests
from course.desk.wheel import wheel, zipped
from course.errors import course_error, plain, require_language
from course.language import LANGUAGES, later, listed, of_course, of_notebook, say
from course.lessons import LESSONS

HERE = Path(__file__).parent
START = "START.ipynb"
# A link from one lesson to another, as written in the texts.
_LINK = re.compile(r"\[([^\[\]]+)\]\(\.\./(\w+)/\2\.ipynb\)")


def write_kit(out: Path | None = None, root: Path | None = None, language: str | None = None) -> None:
    """Write the kit of the course in this folder, and print what is in it.

    language: that of the course by default; for another one, the kit is made from the course built beside it.

    Raises CourseError, with advice, if a lesson is not built or has been changed since, or if the kit cannot be
    written; an existing file with other contents is not overwritten.
    """
    root = course_in(language, root or (Path.cwd() if (Path.cwd() / "release").is_dir() else course_folder()))
    path = out or root / "kit.zip"
    home = root if (root / configuration.CONFIG).is_file() else REPOSITORY
    name = re.sub(r"[^\w.-]+", "-", str(configuration.load(home).CourseDirectory.get("course_id") or "course"))
    lessons = lessons_of(root)
    content = zipped({f"{name}/{inside}": file for inside, file in kit_files(lessons, root).items()})
    try:
        if not os.path.lexists(path):
            write_atomically(path, content, rights=0o644)
        elif not path.is_file() or path.read_bytes() != content:
            raise course_error("{path} already exists: delete it, or name another file with --out.", path=path)
    except OSError as error:
        raise course_error(
            "{path} cannot be written ({reason}): name another file with --out.", path=path, reason=error.strerror
        ) from None
    told = later("{path}: {lessons}. Hand it to students; INSTALL.txt in it says how to begin.")
    print(plain(say(told, path=path, lessons=listed(lessons))))


def course_in(language: str | None, root: Path) -> Path:
    """Return the folder of the course in a language, built from `root`.

    Raises CourseError if it has not been built.
    """
    if language is None:
        return root
    require_language(language)
    tree = tree_in(language, root, lessons_of(root))
    if tree != root and not (tree / "release").is_dir():
        raise course_error(
            "The course is not built in that language: run `course build --language {language}`.", language=language
        )
    return tree


def lessons_of(root: Path) -> list[str]:
    """Return the names of what a course hands out: its lessons in order, then the instructor's other assignments.

    Raises CourseError if there are none.
    """
    texts = {path.stem for path in (root / "lessons").glob("*.py")}
    released = {path.parent.name for path in (root / "release").glob("*/*.ipynb") if path.stem == path.parent.name}
    chosen = texts | {name for name in released if not texts or name not in LESSONS}
    if not chosen:
        raise course_error(
            "There are no lessons in {root}: go to the folder of a course, or run `course build`.", root=root
        )
    return [name for name in LESSONS if name in chosen] + sorted(chosen - {*LESSONS})


def kit_files(lessons: list[str], root: Path) -> dict[str, bytes]:
    """Return the files of the kit by path.

    Raises CourseError if a lesson is not built, or has been changed since.
    """
    require_current(lessons, root)
    released = {
        path.relative_to(root / "release").as_posix(): path.read_bytes()
        for lesson in lessons
        for path in sorted((root / "release" / lesson).rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
    for lesson in lessons:
        name = f"{lesson}/{lesson}.ipynb"
        released[name] = _LINK.sub(lambda m: m[0] if m[2] in lessons else m[1], released[name].decode()).encode()
    file_name, content = wheel()
    language = of_course(root)
    install = _page("INSTALL", ".txt", language).replace("{wheel}", file_name)
    rows = [_row(lesson, json.loads(released[f"{lesson}/{lesson}.ipynb"])["cells"]) for lesson in lessons]
    start = _start(_page("START", ".md", language).replace("{lessons}", "\n".join(rows)), language)
    return {START: start, "INSTALL.txt": install.encode(), file_name: content, **released}


def _page(name: str, kind: str, language: str) -> str:
    spoken = "" if language == LANGUAGES[0] else f".{language}"
    return (HERE / f"{name}{spoken}{kind}").read_text(encoding="utf-8")


def require_current(lessons: list[str], root: Path) -> None:
    """Raise CourseError for a lesson whose release is missing or not what its text and source notebook give."""
    for lesson in lessons:
        if not notebook_path("release", lesson, root).is_file():
            raise course_error(
                "{lesson} is not released yet: run `{command}`, then `course kit`.",
                lesson=lesson,
                command=_again(lesson, root),
            )
    home, language = _home_of_texts(root)
    texts = [lesson for lesson in lessons if (home / "lessons" / f"{lesson}.py").is_file()]
    written = Written(root)
    for lesson, notebook in unexecuted(texts, home, language, tree=root)[0].items() if texts else ():
        if not written.is_from("source", lesson, digests(notebook)):
            spoken = of_notebook(notebook)
            raise course_error(
                "{text} has been changed since it was built: run `{command}`, then `course kit`.",
                text=text_name(lesson, spoken),
                command=_again(lesson, root) if home == root else f"course build --language {spoken} {lesson}",
            )
    sources = {lesson: notebook_path("source", lesson, root) for lesson in lessons}
    sources = {lesson: path for lesson, path in sources.items() if path.is_file()}
    for lesson, made in generate_release(sources, root).items():
        there = json.loads(notebook_path("release", lesson, root).read_text(encoding="utf-8"))
        if digests(there) != digests(json.loads(made)):
            raise course_error(
                "release/{lesson} does not match source/{lesson}: run `{command}`, then `course kit`.",
                lesson=lesson,
                command=_again(lesson, root),
            )


def _home_of_texts(root: Path) -> tuple[Path, str | None]:
    """Return the folder whose lessons/ a course was built from, and its language if its folder is named after it.

    A translated course, in a folder named after its language, has no texts: they are in the course it was built beside.
    """
    if root.name in LANGUAGES and (root.parent / "lessons" / root.name).is_dir():
        return root.parent, root.name
    return root, None


def _again(lesson: str, root: Path) -> str:
    text = root / "lessons" / f"{lesson}.py"
    return f"course build {lesson}" if text.is_file() else f"nbgrader generate_assignment {lesson}"


def _row(lesson: str, cells: list[dict[str, Any]]) -> str:
    """Return a lesson's row of the table in START: its link, minutes, points and the library it needs."""
    prose, code = (["".join(c["source"]) for c in cells if c["cell_type"] == kind] for kind in ("markdown", "code"))
    title = next(iter(re.findall(r"^# +(.+)$", "\n".join(prose), re.MULTILINE)), lesson)
    minutes = re.search(r"(\d+)(?: to |[^\d\s]{1,2})(\d+)\s*(?:minutes|分钟)", "".join(prose[:1]))
    points = sum(cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in cells)
    needs = "PyTorch" if re.search(r"^import torch", "\n".join(code), re.MULTILINE) else "NumPy"
    spent = f"{minutes[1]}–{minutes[2]}" if minutes else ""
    return f"| [{title}]({lesson}/{lesson}.ipynb) | {spent} | {points:g} | {needs} |"


def _start(text: str, language: str) -> bytes:
    """Return START.ipynb made from its text, with each ```python block as a code cell."""
    notebook = nbformat.v4.new_notebook(metadata=metadata_in(language))
    for i, part in enumerate(re.split(r"```python\n(.*?)\n```\n", text, flags=re.DOTALL)):
        make = nbformat.v4.new_code_cell if i % 2 else nbformat.v4.new_markdown_cell
        notebook.cells.append(make(part.strip("\n"), id=f"start{i}"))
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return (nbformat.writes(notebook) + "\n").encode()
