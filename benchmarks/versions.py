"""Try the course with the Pythons and packages it claims to support: the pinned ones, the oldest and the newest.

    python -m benchmarks.versions [--write] [--only pinned-3.12 oldest-3.11 ...]

Needs uv on the PATH. For each Python found and each choice of packages, an environment is created in a temporary folder
and tried: the lessons of a kit are worked through as students do (`tests/kit_walk.py`), the results are graded, and the
quick tests of grading, messages and notebooks run. --write also puts the table into docs/generated/versions.md, which
keeps the rows of other environments.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "generated" / "versions.md"
SHOWN = ("torch", "numpy", "nbgrader", "ipython", "jinja2", "matplotlib")
# Tests of grading, judging and messages; the whole suite takes an hour for all environments.
QUICK = ("notebook", "messages", "grading", "nbgrader_commands")
HEAD = """\
# Versions that were tried

Made by `python -m benchmarks.versions --write`: in an environment of its own for each row all lessons of a kit are
worked through as students do, what they wrote is graded, and the quick tests run. A dash: not tried to its end.

"""
COLUMNS = ("Python", "packages", *SHOWN, "lessons with all points", "graded with all points", "quick tests")


@dataclass(frozen=True)
class Choice:
    """Which packages an environment gets, by the arguments `words` of `uv pip install`, and with which Pythons."""

    name: str
    words: tuple[str, ...]
    pythons: tuple[str, ...]


PINNED = Choice("pinned", ("-r", "requirements.txt"), ("3.11", "3.12", "3.13", "3.14"))
TEST_TOOLS = ("pytest", "pytest-xdist", "hypothesis", "playwright", "setuptools")
OLDEST = Choice("oldest", ("--resolution", "lowest-direct"), ("3.11",))
NEWEST = Choice("newest", ("--upgrade",), ("3.11", "3.14"))
CHOICES = (PINNED, OLDEST, NEWEST)


def claimed() -> list[str]:
    """Return the requirements that pyproject.toml claims to work with, and the test tools' pinned ones."""
    import tomllib

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    pins = (REPOSITORY / "requirements.txt").read_text().splitlines()
    tools = [pin for pin in pins if pin.partition("==")[0] in TEST_TOOLS]
    return [line for line in lines if not line.startswith("course[")] + tools


class Environment:
    def __init__(self, root: Path, python: str, choice: Choice) -> None:
        self.root, self.choice = root, choice
        self.python = str(root / "venv" / "bin" / "python")
        self.variables = {**os.environ, "MPLBACKEND": "agg", "IPYTHONDIR": str(root / "ipython"), "PYTHONPATH": ""}
        self.variables.pop("PYTHONDONTWRITEBYTECODE", None)  # torch is compiled once, not for each lesson
        self.run("uv", "venv", "--quiet", "--seed", "--python", python, str(root / "venv"))
        words = list(choice.words) if choice is PINNED else [*choice.words, *claimed()]
        self.install(*words)

    def install(self, *words: str) -> None:
        self.run("uv", "pip", "install", "--quiet", "--python", self.python, *words)

    def run(self, *words: str, cwd: Path = REPOSITORY, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(words, cwd=cwd, env=self.variables, capture_output=True, text=True)
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(words[:6])}: {(done.stderr or done.stdout).strip()[-600:]}")
        return done

    def versions(self) -> list[str]:
        ask = f"from importlib.metadata import version; print(*map(version, {SHOWN!r}))"
        return self.run(self.python, "-c", ask).stdout.split()

    def walk(self, kit: Path) -> Iterator[Path]:
        """Work through each lesson with right answers; yield the notebooks that end with all points."""
        for folder in sorted(path for path in kit.iterdir() if path.is_dir()):
            source = REPOSITORY / "source" / folder.name / f"{folder.name}.ipynb"
            cells = nbformat.read(str(source), as_version=4).cells
            right = {c.id: [c.source] for c in cells if c.metadata.get("nbgrader", {}).get("solution")}
            answers = self.root / "answers.json"
            answers.write_text(json.dumps({i: s for i, s in right.items() if i != "written"}))
            self.run(self.python, "-m", "pip", "uninstall", "--yes", "--quiet", "course")
            walked = REPOSITORY / "tests" / "kit_walk.py"
            said = self.run(self.python, str(walked), str(answers), cwd=folder, check=False).stdout.splitlines()
            if said and "Points so far: 20 of 20" in json.loads(said[-1])["progress"]:
                yield folder / f"{folder.name}.ipynb"

    def grade(self, notebooks: list[Path]) -> int:
        """Grade the notebooks that were worked through; return how many have all points."""
        self.install("--no-deps", "--no-build-isolation", "--editable", str(REPOSITORY))
        course = self.root / "course"
        for notebook in notebooks:
            for step in ("source", "release"):
                shutil.copytree(REPOSITORY / step / notebook.stem, course / step / notebook.stem)
            (course / "submitted" / "student" / notebook.stem).mkdir(parents=True)
            shutil.copy(notebook, course / "submitted" / "student" / notebook.stem)
        shutil.copy(REPOSITORY / "nbgrader_config.py", course)
        said = self.run(self.python, "-m", "course.cli", "grade", "--json", cwd=course, check=False).stdout
        return sum(json.loads(line)["score"] == 20 for line in said.splitlines() if line.startswith("{"))

    def test(self) -> str:
        tests = [f"tests/test_{name}.py" for name in QUICK]
        words = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not slow")
        said = self.run(self.python, *words, *tests, check=False).stdout.strip().splitlines()
        return re.sub(r" in .*|, \d+ (deselected|warnings?)|=+ ?", "", said[-1] if said else "none")


def rows(only: list[str]) -> Iterator[list[str]]:
    from course.desk.kit import write_kit

    for choice in CHOICES:
        for python in choice.pythons:
            if only and f"{choice.name}-{python}" not in only:
                continue
            found = subprocess.run(["uv", "python", "find", "--no-project", python], capture_output=True, text=True)
            if found.returncode:
                print(f"Python {python} is not here: left out", file=sys.stderr)
                continue
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                with contextlib.redirect_stdout(sys.stderr):
                    write_kit(root / "kit.zip", REPOSITORY)
                zipfile.ZipFile(root / "kit.zip").extractall(root)
                (kit,) = (path for path in root.iterdir() if path.is_dir())
                try:
                    tried = Environment(root, found.stdout.strip(), choice)
                    full = tried.run(tried.python, "-c", "import platform; print(platform.python_version())").stdout
                    versions = tried.versions()
                    worked = list(tried.walk(kit))
                    graded = tried.grade(worked)
                    row = [full.strip(), choice.name, *versions, f"{len(worked)} of 6", f"{graded} of 6"]
                    yield [*row, "–"]  # the tests take longest: the row so far stays if they are interrupted
                    yield [*row, tried.test()]
                except RuntimeError as problem:
                    print(problem, file=sys.stderr)
                    yield [python, choice.name, *["–"] * len(SHOWN), "not installed", "–", "–"]


def table(made: list[list[str]]) -> str:
    lines = [COLUMNS, ["---"] * len(COLUMNS), *made]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def written() -> list[list[str]]:
    """Return the current rows of the page."""
    if not PAGE.exists():
        return []
    lines = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in PAGE.read_text().splitlines()]
    return [line for line in lines if len(line) == len(COLUMNS) and line[0][:1].isdigit()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], help="such as pinned-3.12 or oldest-3.11")
    parser.add_argument("--write", action="store_true")
    words = parser.parse_args()
    for row in rows(words.only):
        print(table([row]).splitlines()[-1], flush=True)
        if words.write:
            kept = [other for other in written() if key(other) != key(row)]
            PAGE.write_text(HEAD + table(sorted([*kept, row], key=key)) + f"\n{machine()}\n")


def key(row: list[str]) -> tuple[str, ...]:
    """Return what identifies a row: its packages, and the major and minor version of its Python."""
    return row[1], *row[0].split(".")[:2]


def machine() -> str:
    return f"{platform.system()} {platform.machine()}; PyTorch computes on the processor."


if __name__ == "__main__":
    main()
