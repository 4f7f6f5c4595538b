"""What the documents refer to exists: links, headings, files, commands, options, pictures, a card, the version."""

from __future__ import annotations

import linecache
import re
import shlex
import tomllib
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
import typer
import yaml
from nbgrader.apps.nbgraderapp import NbGraderApp

from course import __version__
from course.building import reference_cells
from course.building.built_notebooks import REPOSITORY
from course.cli import app
from course.language import LANGUAGES, using
from course.lessons import LESSONS, exercises_of
from course.notebook import Check
from tests.course_factory import SLIP

DOCUMENTS = sorted(
    [
        *REPOSITORY.glob("*.md"),
        *(REPOSITORY / "docs").rglob("*.md"),
        *(REPOSITORY / "course" / "desk").glob("*.[mt][dx]*"),
    ]
)
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
FILES = {path.name for path in REPOSITORY.glob("*.*")} | {
    path.name
    for folder in ("course", "docs", "tests", "lessons", "release", "banks", "benchmarks", ".devcontainer")
    for path in (REPOSITORY / folder).rglob("*.*")
}
# Files in the kit, files that commands write, and names that students give their notebooks.
MADE = {"START.ipynb", "gradebook.db", "grades.csv", "report.html", "submission_secret.txt", "timestamp.txt"}
MADE |= {"Untitled.ipynb", "Untitled1.ipynb", "way1_numpy-1.ipynb"}
WRITTEN_BY_READERS = ("week7", "way7_bias")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Each page with its Chinese translation.
PAIRS = [(path.with_name(path.name.replace(".zh", "")), path) for path in DOCUMENTS if ".zh" in path.name]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(REPOSITORY).as_posix())


def headings(path: Path) -> set[str]:
    """Return the anchors that GitHub generates for the headings of a page."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", unescape(title).lower()).strip().replace(" ", "-") for title in found}


def targets(text: str) -> list[str]:
    return re.findall(r"\]\(<?([^)\s>]+)", text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text)


def broken_links(path: Path) -> list[str]:
    broken = []
    for target in targets(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        page = path.parent / name if name else path
        if not page.exists() or (anchor and anchor not in headings(page)):
            broken.append(target)
    return broken


def absent_files(path: Path) -> list[str]:
    """Return the files in backticks, with or without a folder, that do not exist."""
    text = path.read_text(encoding="utf-8")
    folders = r"course|docs|tests|lessons|banks|benchmarks|source|release|\.ci|\.devcontainer"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", text)
    alone = re.findall(r"`([\w.-]+\.(?:py|md|txt|toml|ya?ml|json|cff|ipynb|apparmor|html|db|csv))`", text)
    named = [name for name in named if not any(made in name for made in WRITTEN_BY_READERS)]
    absent = [name for name in named if not re.search(r"\b[A-Z]{4,}\b", name) and not (REPOSITORY / name).exists()]
    return absent + [name for name in alone if name not in FILES | MADE]


def unknown_exercises(path: Path) -> list[str]:
    """Return the lessons and exercises that a document names but that do not exist."""
    named = set(re.findall(r"\b(way\d_[a-z]+)(?:\.(\w+))?", path.read_text(encoding="utf-8")))
    known = {name: {e.name for e in exercises_of(name)} | {"ipynb", "py", "html", ""} for name in LESSONS}
    return [
        f"{lesson}.{name}"
        for lesson, name in named
        if lesson not in WRITTEN_BY_READERS and name not in known.get(lesson, ())
    ]


def said_commands(path: Path) -> list[list[str]]:
    """Return the `course` and `nbgrader` commands in a document, split into words."""
    text = path.read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S) for line in block.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    commands = []
    for line in lines:
        found = re.search(r"(?:^|[/ ])(?:-m )?(course|nbgrader) ((?:db )?[a-z].*)", re.sub(r"\s#.*|…", "", line))
        if found and not line.startswith(("sudo cp", "aa-exec", "from ", "import ", "pip", "chmod")):
            commands.append([found[1], *shlex.split(found[2].split("&&")[0].replace("[", " ").replace("]", " "))])
    return commands


def unknown(words: list[str]) -> str:
    """Return a command as text if it or one of its options does not exist, otherwise ""."""
    program, name, *rest = words
    given = {word.partition("=")[0].removeprefix("--") for word in rest if word.startswith("--")}
    if program == "nbgrader":
        options = options_of_nbgrader([name, *rest])
        return "" if options is not None and given <= options else " ".join(words)
    if name not in COMMANDS:
        return " ".join(words)
    own = {option.removeprefix("--") for parameter in COMMANDS[name].params for option in parameter.opts}
    passed_on = COMMANDS[name].context_settings.get("ignore_unknown_options")
    return "" if passed_on or given <= own | {"help"} else " ".join(words)


def options_of_nbgrader(words: list[str]) -> set[str] | None:
    """Return the options of an nbgrader command or subcommand, or None if it does not exist."""
    program: Any = NbGraderApp
    for word in words:
        if isinstance(program.subcommands, dict):
            if word not in program.subcommands:
                return None
            program = program.subcommands[word][0]
    return {*program.aliases, *program.flags}


@each_document
def test_all_that_a_document_names_is_there(path: Path) -> None:
    assert broken_links(path) == []
    assert absent_files(path) == []
    assert unknown_exercises(path) == []
    assert [what for what in map(unknown, said_commands(path)) if what] == []


def test_what_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        '# A page\n[a](gone.md) [b](#a-page) [c](#no-page) <img src="gone.png">\n'
        "`tests/gone.py` `course/cli.py` `gone.toml` `way1_numpy.backwards` `way1_numpy.backward`\n"
        "`course grad` `course grade --agian`, `nbgrader autogrde x`, `course grade way1_numpy --again`\n"
        "`nbgrader db assignment add x --duedate=y`, `nbgrader db student add x --fist-name=y`\n"
    )
    assert broken_links(page) == ["gone.md", "#no-page", "gone.png"]
    assert absent_files(page) == ["tests/gone.py", "gone.toml"]
    assert [what for what in map(unknown, said_commands(page)) if what] == [
        "course grad",
        "course grade --agian",
        "nbgrader autogrde x",
        "nbgrader db student add x --fist-name=y",
    ]
    assert unknown_exercises(page) == ["way1_numpy.backwards"]


def same_in_every_language(text: str) -> dict[str, list[Any]]:
    """Return the parts of a page that do not depend on its language; table rows keep their order, words do not."""
    prose = re.sub(r"`[^`]+`", "", FENCE.sub("", text))
    return {
        "headings": re.findall(r"^#+ ", prose, re.MULTILINE),
        "links": sorted(re.sub(r"\.zh(\.(?:md|png))$", r"\1", target) for target in targets(text)),
        "in code": sorted(" ".join(code.split()) for code in re.findall(r"`([^`]+)`", FENCE.sub("", text))),
        "commands": [re.sub(r"\s*#.*", "", block) for block in re.findall(r"```(?:sh|python)\n(.*?)```", text, re.S)],
        "figures": sorted(NUMBER.findall(prose)),
        "figures of a row": [sorted(NUMBER.findall(row)) for row in re.findall(r"^\|.*", prose, re.MULTILINE)],
    }


@pytest.mark.parametrize(("english", "other"), PAIRS, ids=lambda path: path.name)
def test_a_page_in_chinese_has_the_same_links_commands_and_figures(english: Path, other: Path) -> None:
    here, there = (same_in_every_language(path.read_text(encoding="utf-8")) for path in (other, english))
    for kind in there:
        assert here[kind] == there[kind], kind


def test_the_readme_names_every_command_and_lesson() -> None:
    rows = re.findall(r"^\| `course (\w+)", README, re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)
    assert all(f"(release/{lesson}/{lesson}.ipynb)" in README for lesson in LESSONS)


def test_the_readme_in_chinese_is_one_click_away_and_its_pictures_have_words_too() -> None:
    chinese = (REPOSITORY / "README.zh.md").read_text(encoding="utf-8")
    assert README.split("\n\n")[1] == "[中文](README.zh.md)" and chinese.split("\n\n")[1] == "[English](README.md)"
    words = re.findall(r'alt="([^"]*)"', chinese)
    assert len(words) == README.count('alt="') and all(len(said) >= 40 for said in words)


def test_pictures_are_small_and_have_words_in_their_place() -> None:
    chinese = (REPOSITORY / "README.zh.md").read_text(encoding="utf-8")
    pictures = re.findall(r"<picture>(.*?)</picture>", README, re.DOTALL)
    assert len(pictures) >= 2
    for picture in pictures:
        assert "prefers-color-scheme: dark" in picture
        (words,) = re.findall(r'alt="([^"]*)"', picture)
        assert len(words.split()) >= 15
    files = list((REPOSITORY / "docs" / "images").iterdir())
    assert all(path.stat().st_size < 120_000 for path in files)
    shown = [re.findall(r'docs/images/([^"]+)', page) for page in (README, chinese)]
    assert {path.name for path in files} == {*shown[0], *shown[1]}
    assert shown[1] == [name.replace(".png", ".zh.png") for name in shown[0]], "each page has pictures in its language"


@pytest.fixture
def notebook() -> dict[str, Any]:
    """Return the namespace of the first lesson's notebook after running its cells, with a slip in `backward`."""
    names: dict[str, Any] = {"np": np}
    for name, source in {**reference_cells("way1_numpy"), "backward": SLIP}.items():
        linecache.cache[f"<{name}>"] = (len(source), None, source.splitlines(keepends=True), f"<{name}>")
        exec(compile(source, f"<{name}>", "exec"), names)
    return {**names, "check": Check("way1_numpy", names, "cpu")}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_students_read_of_a_check_is_what_it_says(
    spoken: str, notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    suffix = ".md" if spoken == LANGUAGES[0] else f".{spoken}.md"
    student = (REPOSITORY / "docs" / f"student{suffix}").read_text(encoding="utf-8")
    card, asked = re.findall(r"```(?:text|python)\n(.*?)\n```", student, re.DOTALL)
    with using(spoken):
        notebook["check"]("backward")
        message = capsys.readouterr().out
        assert message.startswith(card)
        assert re.findall(r"check\.(\w+)", asked) == ["hint", "case", "progress"]
        for line in asked.splitlines():
            answer = eval(line, notebook)
            said = capsys.readouterr().out or repr(answer)
            assert len(said) > 20 and said not in message, line
    readme = (REPOSITORY / f"README{suffix}").read_text(encoding="utf-8")
    (alternative,) = re.findall(r'card-light(?:\.zh)?\.png"[^>]* alt="([^"]*)"', readme)
    points, *grid = (NUMBER.findall(line) for line in card.splitlines() if "✗ backward" in line or "×" in line)
    assert len(points) == len(grid[0]) == 2 and {*points, *grid[0]} <= set(NUMBER.findall(alternative))


def test_the_citation_is_of_this_version() -> None:
    """The required keys are from the schema of the Citation File Format 1.2.0."""
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0" and all(set(author) == {"name"} for author in citation["authors"])
    assert citation["version"] == project["version"] == __version__
    assert citation["license"] == project["license"]
    assert README.startswith(f"# {citation['title']}\n")
