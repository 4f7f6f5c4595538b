"""The banks of right and wrong answers, and what the checks say of them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
# Where a run notes what was said of each answer; the figures are made of these at the end.
SAID = REPOSITORY / ".course" / "diagnosis"
TABLE = REPOSITORY / "docs" / "diagnosis.md"


@dataclass(frozen=True)
class Entry:
    """One answer of a bank with what its header expects.

    names: the mistakes that may be told; "none" among them if no name is as good.
    """

    path: Path
    kind: str
    exercise: str
    names: tuple[str, ...]
    outcome: str

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.path.stem}"

    @property
    def main_name(self) -> str:
        return self.names[0]


def entries(exercise: str) -> list[Entry]:
    """Return the answers of one exercise, right ones first."""
    lesson, name = exercise.split(".")
    found = []
    for kind in ("right", "wrong"):
        for path in sorted((REPOSITORY / "banks" / kind / lesson / name).glob("*.py")):
            head = "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:6])
            names = re.search(r"^# mistake: (.*)$", head, re.M)
            outcome = re.search(r"^# outcome: (.*)$", head, re.M)
            expected = "pass" if kind == "right" else "fail"
            found.append(
                Entry(
                    path,
                    kind,
                    exercise,
                    tuple(n.strip() for n in names.group(1).split(" or ")) if names else ("none",),
                    outcome.group(1).strip() if outcome else expected,
                )
            )
    return found


def note(exercise: str, said: list[tuple[Entry, str, str]]) -> None:
    """Keep what was said of each answer of an exercise: outcome and mistake."""
    SAID.mkdir(parents=True, exist_ok=True)
    rows = [[e.kind, e.path.stem, e.main_name, outcome, mistake] for e, outcome, mistake in said]
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
        f"- told by another name than their header's first: {len(false)}",
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
