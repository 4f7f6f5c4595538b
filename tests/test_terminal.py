"""Control characters in what students write or name their files are shown by a terminal, not obeyed."""

from __future__ import annotations

import ast
import io
import logging
import re
from pathlib import Path

import pytest
from rich.console import Console

from course import cli, doctor
from course.errors import CourseError, plain, plain_lines
from course.terminal import Printer

ROOT = Path(__file__).resolve().parents[1]
# What prints about students and their submissions; the other rooms address authors of lessons and installers.
ROOMS = ("grading", "desk", "reports", "cluster", "commands", "cli.py", "doctor.py", "try_answer.py")
NASTY = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202eevil\u2066\u200f\r\x08\x7f\ud800"
# Contain nothing written by students: counts, and lists of the course's own names.
OWN = (
    "{len(results)} submissions",
    "forgeable_cells_warning(",
    "', '.join(names)",
    "{path}: {', '.join(lessons)}",
    "{__version__}",
)


def printed() -> list[tuple[str, str]]:
    """Return the place and the arguments of every call that writes to a terminal."""
    found = []
    files = [
        f for room in ROOMS for f in [ROOT / "course" / room, *(ROOT / "course" / room).rglob("*.py")] if f.is_file()
    ]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in ("print", "typer.echo", "sys.stdout.write", "sys.stderr.write") or name.endswith(
                    ("console.print", ".add_row")
                ):
                    words = ", ".join(ast.unparse(argument) for argument in node.args)
                    found.append((f"{file.relative_to(ROOT)}:{node.lineno}", words))
    return found


def test_what_is_printed_goes_through_the_one_helper() -> None:
    calls = printed()
    assert len(calls) > 15
    for place, words in calls:
        is_harmless = "plain(" in words or "plain_lines(" in words or words.startswith("json.dumps(")
        words = re.sub(r"^say\((['\"])([^{}(]*)\1\)$", r"\2", words)  # a sentence without fields
        is_harmless = is_harmless or not any(c in words for c in "{(") or words == "table"
        assert is_harmless or any(own in words for own in OWN), f"{place} prints {words}: wrap names in `errors.plain`"


def test_json_for_machines_is_ascii() -> None:
    for file in (ROOT / "course").rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        # these write files: some that only the course reads, and notebooks, in nbformat's own form
        if file.name not in ("store.py", "outputs.py"):
            assert "ensure_ascii=False" not in source, file


def test_nothing_that_a_terminal_obeys_is_left() -> None:
    shown = plain(NASTY)
    assert shown.isprintable() and "evil" in shown and "\\x1b[2J" in shown and "\\u202e" in shown
    assert plain("名前 Zoë a\u0301 👩‍🔬"[:6]) == "名前 Zoë"
    assert plain("2\u202f000\u3000\xa0") == "2\u202f000\u3000\xa0"
    assert plain_lines(f"a\n{NASTY}\nb").split("\n") == ["a", shown, "b"]


def test_an_error_spells_names_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise CourseError(f"There is no student “{NASTY}”.")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err == f"course: There is no student “{plain(NASTY)}”.\n"


def test_tables_spell_names_out_and_take_no_markup() -> None:
    file = io.StringIO()
    Printer(console=Console(file=file, width=200)).show(["student", "points"], [["[red]" + NASTY, "1"]])
    assert "[red]" + plain(NASTY) in file.getvalue()


def test_doctor_spells_out_what_it_found(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    doctor.show([doctor.Finding("files", "missing", NASTY, NASTY)])
    assert plain(NASTY) in capsys.readouterr().out


def test_nbgraders_own_log_spells_names_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from nbgrader.apps import NbGraderApp

    from course import configuration

    (tmp_path / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    app = NbGraderApp(config=configuration.load(tmp_path))
    app.log.warning("Converting notebook submitted/%s", NASTY)
    for handler in app.log.handlers:
        handler.flush()
    logging.captureWarnings(False)
    assert plain(NASTY) in capsys.readouterr().err
