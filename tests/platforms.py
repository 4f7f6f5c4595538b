"""Files as Canvas, Moodle and Blackboard make them, following their source code."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from course.grading.database import open_gradebook
from tests.course_factory import LESSON


@dataclass(frozen=True)
class Pupil:
    """A student on a platform. canvas: the id on Canvas. participant: the id on Moodle, specific to one assignment."""

    login: str
    first: str
    last: str
    canvas: int
    participant: int

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"


PUPILS = (
    Pupil("amueller", "Anna", "Müller", 1001, 70311),
    Pupil("bobrien", "Bob", "O'Brien", 1002, 70312),
    Pupil("cwang", "伟", "王", 1003, 70313),
    Pupil("dsmith2", "Dan", "Smith", 1004, 70314),
)


def written(rows: Iterable[Sequence[object]], separator: str = ",", end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue()


def canvas_gradebook(
    scores: Mapping[str, str] | None = None,
    *,
    title: str = "Way 1: NumPy (4711)",
    points: str = "25.00",
    pupils: Sequence[Pupil] = PUPILS,
    separator: str = ",",
) -> str:
    """Return a gradebook as GradebookExporter writes it: two rows before the students, the test student last."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", title, "Quiz (12)"]
    header += ["Imported Assignments Current Score", "Current Score", "Final Score", "Unposted Final Grade"]
    rows: list[Sequence[object]] = [header, ["", "", "", "", "", "", "Manual Posting", "", "", "", "", ""]]
    rows.append(["    Points Possible", *[""] * 5, points, "10.00", *["(read only)"] * 4])
    for p in pupils:
        own = [f"{p.last}, {p.first}", p.canvas, f"S{p.canvas}", p.login, "Deep learning, A", "=1+1"]
        rows.append([*own, (scores or {}).get(p.login, ""), "7.00", "", "70.00", "70.00", "C"])
    rows.append(["Student, Test", 1999, "", "c0ffee", "Deep learning, A", "", "", "", "", "", "", ""])
    return written(rows, separator)


def moodle_worksheet(
    grades: Mapping[str, str] | None = None,
    *,
    language: str = "en",
    most: str = "100.00",
    pupils: Sequence[Pupil] = PUPILS,
    handed_in: Mapping[str, str] | None = None,
    blind: bool = False,
) -> str:
    """Return a grading worksheet as assign_grading_table writes it, with headers in the site's language."""
    words = {
        "en": ["Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade"]
        + ["Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"],
        "de": ["Identifikator", "Vollständiger Name", "ID-Nummer", "E-Mail-Adresse", "Status", "Bewertung"]
        + ["Bestwertung", "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)"]
        + ["Zuletzt geändert (Bewertung)", "Feedback als Kommentar"],
        "zh": ["编号", "全名", "学号", "电子邮件地址", "状态", "成绩", "最高分", "成绩可更改", "最后修改(提交)"]
        + ["最后修改(评分)", "反馈评论"],
    }[language]
    participant = {"en": "Participant ", "de": "Teilnehmer/in", "zh": "参与者"}[language]
    rows: list[Sequence[object]] = [[w for i, w in enumerate(words) if not blind or i not in (1, 2, 3)]]
    for p in pupils:
        about = [f"{p.first} {p.last}", f"M{p.canvas}", p.email]
        status = "Submitted for grading - 3 mins 31 secs late" if p.login == "dsmith2" else "Submitted for grading"
        own = [f"{participant}{p.participant}", *([] if blind else about), status, (grades or {}).get(p.login, "")]
        rows.append([*own, most, "Yes", (handed_in or {}).get(p.login, "-"), "-", "fine,\n“well” done"])
    return "\ufeff" + written(rows)


def gradebook_with(root: Path, marks: Mapping[str, tuple[float, float]], *, waiting: Iterable[str] = ()) -> None:
    """Create a gradebook of one lesson with 20 and 5 points.

    marks: each student's score and late penalty. waiting: students whose written answer has not been marked yet.
    """
    with open_gradebook(f"sqlite:///{root / 'gradebook.db'}", "two-layer-network") as gradebook:
        gradebook.add_assignment(LESSON, duedate=datetime(2026, 3, 10, 12))
        gradebook.add_notebook(LESSON, LESSON)
        gradebook.add_grade_cell("checks", LESSON, LESSON, cell_type="code", max_score=20)
        gradebook.add_grade_cell("explain", LESSON, LESSON, cell_type="markdown", max_score=5)
        for student, (score, penalty) in marks.items():
            gradebook.add_student(student)
            late = timedelta(hours=25) if penalty else timedelta(hours=-1)
            submission = gradebook.add_submission(LESSON, student, timestamp=datetime(2026, 3, 10, 12) + late)
            submission.notebooks[0].late_submission_penalty = penalty or None
            for grade in submission.notebooks[0].grades:
                grade.auto_score = score if grade.name == "checks" else None
                grade.needs_manual_grade = grade.name == "explain" and student in waiting
            gradebook.db.commit()


def canvas_name(pupil: Pupil, file: str, attachment: int, *, late: bool = False, anonymous: str = "") -> str:
    """Return the name that ContentZipper gives a file."""
    name = "" if anonymous else f"{pupil.last}, {pupil.first}".lower()
    parts = [name] if name else []
    parts += ["LATE"] if late else []
    parts.append(f"anon_{anonymous}" if anonymous else str(pupil.canvas))
    prefix = re.sub(r"\W", "", "_".join(parts))
    kept = re.sub(r'[\x00/\\:*?"<>|]+', "_", file)
    return f"{prefix}_{attachment}_{kept}"


def moodle_name(pupil: Pupil, file: str, *, folders: bool = True, blind: str = "", kind: str = "file") -> str:
    """Return the name that mod_assign's downloader gives a file. blind: the site's word for a participant."""
    name = (blind or f"{pupil.first} {pupil.last}").replace("_", " ")
    prefix = clean(f"{name}_{pupil.participant}_assignsubmission_{kind}")
    return f"{prefix}/{file}" if folders else clean(f"{prefix}_{file}")


def clean(name: str) -> str:
    """Remove the characters that Moodle removes from file names."""
    return re.sub(r"""[&<>"`|':\\/]""", "", name)


def blackboard_name(pupil: Pupil, file: str, time: str = "2026-03-10-11-58-03", title: str = "Way 1") -> str:
    return f"{title}_{pupil.login}_attempt_{time}{'_' + file if file else '.txt'}"


def zipped(path: Path, files: Mapping[str, bytes | str], when: tuple[int, ...] = (2026, 3, 20, 9, 0, 0)) -> Path:
    """Write a zip file as the platforms stream it: every file has the time of the download."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, when)  # type: ignore[arg-type]
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path
