"""What the attacks and damaged submissions of `tests/attacks` achieve with stock nbgrader, and with this course.

    python -m benchmarks.attacks_on_stock [--only WORD] [--workers N] [--again] [--write]

`nbgrader autograde` grades each of them with nbgrader's own steps, isolated (see `benchmarks.stock`), together with an
honest student who follows in the alphabet. Then this course grades all of them in one class, as `tests/test_attacks.py`
does. --write writes docs/generated/attacks.md. Linux only. Results are kept in `.course/attacks_on_stock`: an
interrupted run continues where it stopped, --again starts over.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.stock import REPOSITORY, make_course, run_shut_in
from course.grading.graded import Graded
from tests.attacks import classroom
from tests.attacks.classroom import ATTACKS, DAMAGED, DAMAGED_LESSON

KEPT = REPOSITORY / ".course" / "attacks_on_stock"
PAGE = REPOSITORY / "docs" / "generated" / "attacks.md"
DEADLINE_S = 180


@dataclass
class Outcome:
    """The outcome of an attack or a damaged submission with stock nbgrader.

    points: the student's points, None if not graded. deserved: what the work is worth, which is what this course gives.
    """

    student: str
    deserved: float
    points: float | None = None
    timed_out: bool = False
    others_lost: bool = False
    others_changed: bool = False
    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    not_run: str = ""

    @property
    def gains(self) -> bool:
        """Return whether it earns more than its work is worth.

        A damaged file, unless it is a link, is the student's own work, even one too large for this course.
        """
        own = self.student in DAMAGED and "link" not in self.student
        return self.points is not None and self.points > self.deserved and not own

    @property
    def told(self) -> list[str]:
        """Return what happened, in words; empty if it was graded as deserved and nothing else happened."""
        if self.not_run:
            return [f"not run: {self.not_run}"]
        said = []
        if self.timed_out:
            said.append(f"**the run does not end in {DEADLINE_S} s**")
        if self.others_lost:
            said.append("**the students after it are not graded**")
        if self.others_changed:
            said.append("**another student's grade changed**")
        if self.points is None or self.timed_out and self.points < self.deserved:
            said.append("not graded" if self.deserved == 0 else f"not graded (worth {self.deserved:g})")
        elif self.gains:
            said.append(f"**gains {self.points - self.deserved:g} points** ({self.points:g} of 20)")
        elif self.points > self.deserved:
            said.append(f"graded ({self.points:g} of 20); this course refuses such a file")
        elif self.points < self.deserved:
            said.append(f"loses {self.deserved - self.points:g} points ({self.points:g} of 20)")
        if self.seen:
            said.append("**reads or reaches what is not its own**")
        if self.changed:
            said.append(f"**changes files outside its folder** ({', '.join(self.changed[:2])})")
        if self.left:
            said.append("**leaves processes running**")
        return said


def keep(outcome: Outcome) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{outcome.student}.json").write_text(json.dumps(asdict(outcome)), encoding="utf-8")


def kept(student: str) -> Outcome | None:
    file = KEPT / f"{student}.json"
    return Outcome(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def deserved(student: str) -> float:
    return ATTACKS[student].points if student in ATTACKS else DAMAGED[student].points


def lesson_of(student: str) -> str:
    return ATTACKS[student].lesson if student in ATTACKS else DAMAGED_LESSON


def kind_of(student: str) -> str:
    return ATTACKS[student].kind if student in ATTACKS else "damage"


def try_one(student: str, template: Path, scratch: Path) -> Outcome:
    """Grade one attack or damaged submission and an honest student after it with stock nbgrader."""
    honest = "honest" if kind_of(student) == "damage" else "zz-honest"
    seen = run_shut_in(
        {
            "name": student,
            "template": str(template),
            "lesson": lesson_of(student),
            "students": [student, honest],
            "bystanders": [honest],
            "deadline_s": DEADLINE_S,
        },
        scratch,
    )
    return outcome_of(student, honest, seen)


def outcome_of(student: str, honest: str, seen: dict[str, Any]) -> Outcome:
    if seen.get("not_run"):
        return Outcome(student, deserved(student), not_run=seen["not_run"])
    return Outcome(
        student,
        deserved(student),
        seen["points"].get(student),
        seen["timed_out"],
        honest not in seen["points"] or seen["timed_out"] and seen["points"][honest] != 20,
        seen["points"].get(honest, 20) != 20 and not seen["timed_out"],
        seen["changed"],
        seen["left"],
        seen["seen"].get(student, []),
    )


def of_this_course(scratch: Path) -> dict[str, Graded]:
    """Grade the same submissions with this course, as the tests do; return the results by student."""
    root = scratch / "ours"
    root.mkdir()
    classroom.make_course(root)
    classroom.hand_in_class(root, classroom.EVERYBODY)
    return {graded.student: graded for graded in classroom.grade(root)}


def told_of(student: str, graded: Graded) -> str:
    if student in DAMAGED or graded.status != "graded":
        return f"{graded.score:g} points, {graded.status.replace('_', ' ')}"
    return f"{graded.score:g} points"


KINDS = {
    "forging": "forge a verdict",
    "autograd": "let autograd write what is to be written by hand",
    "reading": "read what is not one's own",
    "writing": "write what is not one's own",
    "escaping": "reach other processes, the network, privileges",
    "exhausting": "use up time, memory, processes, disk",
    "damage": "a damaged submission",
}
COLUMNS = {
    "gains points": lambda o: o.gains,
    "loses points": lambda o: o.points is not None and o.points < o.deserved,
    "not graded": lambda o: o.points is None,
    "others not graded": lambda o: o.others_lost,
    "run does not end": lambda o: o.timed_out,
    "reads or reaches": lambda o: bool(o.seen),
    "changes files, leaves processes": lambda o: bool(o.changed or o.left),
    "not run": lambda o: bool(o.not_run),
}


def summary(outcomes: list[Outcome], ours: dict[str, Graded]) -> list[str]:
    """Return a table of counts by kind; this course's column counts the submissions scored as deserved."""
    rows = [
        f"| kind | tried | {' | '.join(f'stock: {name}' for name in COLUMNS)} | this course: as deserved |",
        "|---|" + "---|" * (len(COLUMNS) + 2),
    ]
    for kind, words in [*KINDS.items(), ("all", "")]:
        mine = [o for o in outcomes if kind in ("all", kind_of(o.student))]
        counts = [str(sum(test(o) for o in mine)) for test in COLUMNS.values()]
        right = sum(ours[o.student].score == o.deserved for o in mine)
        name = f"{kind}: {words}" if words else f"**{kind}**"
        rows.append(f"| {name} | {len(mine)} | {' | '.join(counts)} | {right} of {len(mine)} |")
    return rows


def page(outcomes: list[Outcome], ours: dict[str, Graded]) -> str:
    lines = [
        "# Attacks and damages: stock nbgrader and this course",
        "",
        "Written by `python -m benchmarks.attacks_on_stock --write`; do not edit.",
        "",
        "Stock is `nbgrader autograde` with nbgrader's own steps on the same notebooks, one honest student after each",
        f"in the alphabet. A run is ended after {DEADLINE_S} s. Stock runs were shut in: no network, nothing writable",
        "but the course and a home in memory; what an attack could not do there may still be possible elsewhere.",
        "This course is one class of all of them, graded as `tests/test_attacks.py` does, where each score and status",
        "is held against what the attack's own header says; nobody else's grade and no file outside changed there.",
        "Many attacks aim at this course's own way of grading and have nothing to aim at in stock nbgrader.",
        "“As deserved” is about points: what an attack printed was looked through for planted secrets only.",
        "",
        *summary(outcomes, ours),
        "",
    ]
    for kind, words in KINDS.items():
        lines += [
            f"## {kind.capitalize()}: {words}",
            "",
            "| tries to | stock nbgrader | this course |",
            "|---|---|---|",
        ]
        for o in [o for o in outcomes if kind_of(o.student) == kind]:
            what = (ATTACKS[o.student].what if o.student in ATTACKS else DAMAGED[o.student].what).replace("|", "\\|")
            stock = "; ".join(o.told) or f"as deserved ({o.deserved:g} of 20)"
            lines.append(f"| {what} | {stock} | {told_of(o.student, ours[o.student])} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="those whose name has this word in it")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="forget what was seen before")
    parser.add_argument("--write", action="store_true", help="write docs/generated/attacks.md")
    options = parser.parse_args()
    students = [s for s in (*ATTACKS, *DAMAGED) if options.only in s]
    if options.again:
        shutil.rmtree(KEPT, ignore_errors=True)
    found = {s: o for s in students if (o := kept(s)) is not None}
    due = [s for s in students if s not in found]
    scratch = Path(tempfile.mkdtemp(prefix="course-stock-"))
    try:
        template = scratch / "template"
        template.mkdir()
        if due:
            make_course(template, sorted({lesson_of(s) for s in due}))
        with ThreadPoolExecutor(options.workers) as executor:
            for done in as_completed(executor.submit(try_one, s, template, scratch) for s in due):
                o = found[done.result().student] = done.result()
                keep(o)
                print(f"{o.student}: {'; '.join(o.told) or 'as deserved'}", flush=True)
        everything = [found[s] for s in students]
        ours = of_this_course(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(*summary(everything, ours), sep="\n")
    wrong = [s for s in students if ours[s].score != deserved(s)]
    print("with this course not as deserved:", *(wrong or ["none"]))
    if options.write and not options.only:
        PAGE.write_text(page(everything, ours), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
