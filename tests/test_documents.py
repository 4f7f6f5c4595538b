"""What the documents name is there: links, headings, files, commands and options, pictures, a card, the version."""

from __future__ import annotations

import re
import shlex
import tomllib
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
import yaml
from nbgrader.apps.nbgraderapp import NbGraderApp

from course import __version__
from course.building.built_notebooks import REPOSITORY
from course.cli import app
from course.judging import as_text
from course.lessons import LESSONS
from course.notebook.check import Check
from tests.verdicts import BACKWARD, verdict_of

DOCUMENTS = sorted(
    [
        *REPOSITORY.glob("*.md"),
        *(REPOSITORY / "docs").rglob("*.md"),
        *(REPOSITORY / "course" / "desk").glob("*.[mt][dx]*"),
    ]
)
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
STUDENT = (REPOSITORY / "docs" / "student.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
# What the guides have their reader write, and what running the course makes.
MADE = ("week7", "way7_bias", "docs/generated")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(REPOSITORY).as_posix())


def headings(path: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    found = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", unescape(title).lower()).strip().replace(" ", "-") for title in found}


def broken_links(path: Path) -> list[str]:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(<?([^)\s>]+)", text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text)
    broken = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        page = path.parent / name if name else path
        if not page.exists() or (anchor and anchor not in headings(page)):
            broken.append(target)
    return broken


def absent_files(path: Path) -> list[str]:
    folders = r"course|docs|tests|lessons|banks|benchmarks|source|release|\.ci|\.devcontainer"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", path.read_text(encoding="utf-8"))
    named = [name for name in named if not any(made in name for made in MADE)]
    return [name for name in named if not re.search(r"\b[A-Z]{4,}\b", name) and not (REPOSITORY / name).exists()]


def said_commands(path: Path) -> list[list[str]]:
    """Return the commands of `course` and `nbgrader` that a document names, as words."""
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
    """Say what of a command is not there, or ""."""
    program, name, *rest = words
    if program == "nbgrader":
        known: Any = set(NbGraderApp.subcommands)
        return "" if name in known else " ".join(words)
    if name not in COMMANDS:
        return " ".join(words)
    own = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
    passed_on = COMMANDS[name].context_settings.get("ignore_unknown_options")
    given = [word.partition("=")[0] for word in rest if word.startswith("--")]
    return "" if passed_on or own.issuperset(given) else " ".join(words)


@each_document
def test_all_that_a_document_names_is_there(path: Path) -> None:
    assert broken_links(path) == []
    assert absent_files(path) == []
    assert [what for what in map(unknown, said_commands(path)) if what] == []


def test_what_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        '# A page\n[a](gone.md) [b](#a-page) [c](#no-page) <img src="gone.png"> `tests/gone.py` `course/cli.py`\n'
        "`course grad` `course grade --agian`, `nbgrader autogrde x`, `course grade way1_numpy --again`\n"
    )
    assert broken_links(page) == ["gone.md", "#no-page", "gone.png"]
    assert absent_files(page) == ["tests/gone.py"]
    assert [what for what in map(unknown, said_commands(page)) if what] == [
        "course grad",
        "course grade --agian",
        "nbgrader autogrde x",
    ]


def test_the_readme_names_every_command_and_lesson() -> None:
    rows = re.findall(r"^\| `course (\w+)", README, re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)
    assert all(f"(release/{lesson}/{lesson}.ipynb)" in README for lesson in LESSONS)


def test_pictures_are_small_and_have_words_in_their_place() -> None:
    pictures = re.findall(r"<picture>(.*?)</picture>", README, re.DOTALL)
    assert len(pictures) >= 2
    for picture in pictures:
        assert "prefers-color-scheme: dark" in picture
        (words,) = re.findall(r'alt="([^"]*)"', picture)
        assert len(words.split()) >= 15
    files = list((REPOSITORY / "docs" / "images").iterdir())
    assert all(path.stat().st_size < 120_000 and f"docs/images/{path.name}" in README for path in files)


def mask_of_gradient(results: dict[str, Any]) -> None:
    results["grad_h"] = results["grad_h_relu"] * (results["grad_h_relu"] > 0)
    results["grad_w1"] = -results["grad_w1"]


def test_the_students_card_is_what_a_check_says() -> None:
    (card,) = re.findall(r"```text\n(.*?)```", STUDENT, re.DOTALL)
    said = as_text(verdict_of(mask_of_gradient))
    assert card.strip() == said.strip()
    (alternative,) = re.findall(r'card-light\.png"[^>]* alt="([^"]*)"', README)
    points, entries = re.findall(r"(\d of \d) points|(\d+ of) its", said)
    assert points[0] in alternative and entries[1] in alternative


def test_what_students_are_told_to_ask_a_check_can_be_asked() -> None:
    asked = re.findall(r'check\.(\w+)\((?:"(\w+)")?\)', STUDENT)
    assert {method for method, _ in asked} == {"hint", "case", "progress"}
    assert all(callable(getattr(Check, method)) for method, _ in asked)
    assert {name for _, name in asked if name} == {BACKWARD.name}


def test_the_citation_is_of_this_version() -> None:
    """Source of the required keys: the schema of the Citation File Format 1.2.0."""
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0" and all(set(author) == {"name"} for author in citation["authors"])
    assert citation["version"] == project["version"] == __version__
    assert citation["license"] == project["license"]
    assert README.startswith(f"# {citation['title']}\n")
