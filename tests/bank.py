"""The banks of right and wrong answers, and what the checks say of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from course.bank import BankAnswer, answers

REPOSITORY = Path(__file__).resolve().parents[1]
# Where a run notes what was said of each answer; the figures are made of these at the end.
SAID = REPOSITORY / ".course" / "diagnosis"
TABLE = REPOSITORY / "docs" / "diagnosis.md"


def entries(exercise: str) -> tuple[BankAnswer, ...]:
    """Return the answers of one exercise."""
    return answers(REPOSITORY, exercise)


def entry(exercise: str, name: str) -> BankAnswer:
    (found,) = (e for e in entries(exercise) if e.name == name)
    return found


def note(exercise: str, said: list[tuple[BankAnswer, str, str]]) -> None:
    """Keep what was said of each answer of an exercise: outcome and mistake."""
    SAID.mkdir(parents=True, exist_ok=True)
    rows = [[e.kind, e.name, e.mistake, outcome, mistake] for e, outcome, mistake in said]
    (SAID / f"{exercise}.json").write_text(json.dumps(rows), encoding="utf-8")


def write_table(exercises: list[str]) -> None:
    """Write docs/diagnosis.md from the notes of a whole run: figures, then mistakes against what was said."""
    notes = {e: json.loads((SAID / f"{e}.json").read_text(encoding="utf-8")) for e in exercises}
    rows = [(e, *row) for e, said in notes.items() for row in said]
    right = [r for r in rows if r[1] == "right"]
    wrong = [r for r in rows if r[1] == "wrong"]
    named = [r for r in wrong if r[3] != "none"]
    told = [r for r in named if r[5] == r[3]]
    false = [r for r in wrong if r[5] not in ("none", r[3])]
    lines = [
        "# What the checks say of the banks",
        "",
        "Written by the test run (`course test`), from every answer in `banks/`. Do not edit.",
        "",
        f"- {len(right)} right answers, accepted: {sum(r[4] == 'pass' for r in right)}",
        f"- {len(wrong)} wrong answers, accepted: {sum(r[4] == 'pass' for r in wrong)}",
        f"- {len(named)} of the wrong ones have a name; told by it: {len(told)} ({100 * len(told) / len(named):.1f} %)",
        f"- told by another name than their marker's first: {len(false)}",
        "",
        "| exercise | right | wrong | named | told | said to be something else |",
        "|---|---|---|---|---|---|",
    ]
    for exercise in exercises:
        mine = [r for r in rows if r[0] == exercise]
        lines.append(
            f"| {exercise} | {sum(r[1] == 'right' for r in mine)} | {sum(r[1] == 'wrong' for r in mine)} "
            f"| {sum(r in named for r in mine)} | {sum(r in told for r in mine)} | {sum(r in false for r in mine)} |"
        )
    lines += ["", "## Mistake in the bank against what the check said", "", "| in the bank | said |", "|---|---|"]
    said_of: dict[str, Counter[str]] = defaultdict(Counter)
    for r in wrong:
        said_of[r[3]][r[5] if r[5] != "none" else f"no name ({r[4].replace('_', ' ')})"] += 1
    for name in sorted(said_of):
        said = ", ".join(f"{other} {count}" for other, count in said_of[name].most_common())
        lines.append(f"| {name} | {said} |")
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
