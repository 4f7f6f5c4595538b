"""docs/generated/diagnosis.md and mutations.md: how the checks judge the banks, and which answer needs each check part.

`python -m benchmarks.banks` writes these pages or, with exercises given, updates those exercises only. Tests compare
what the pages say about each exercise with the results.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.lessons import all_exercises
from tests.bank import REPOSITORY, bank_of
from tests.mutants import SURVIVORS, found_by_mutants

GENERATED = REPOSITORY / "docs" / "generated"
DIAGNOSIS, MUTATIONS = GENERATED / "diagnosis.md", GENERATED / "mutations.md"
COMMAND = "python -m benchmarks.banks"


@dataclass(frozen=True)
class Rows:
    """What the two pages say about one exercise.

    counts: right answers, those accepted, wrong answers, those accepted, wrong answers with a named mistake, those
        identified by it, wrong answers reported under another name.
    otherwise: a line for each wrong answer that is not reported under its first name.
    needed, unneeded: a line for each part of the exercise.
    """

    exercise: str
    counts: tuple[int, ...]
    otherwise: list[str]
    needed: list[str]
    unneeded: list[str]

    @property
    def summary(self) -> str:
        return f"| {self.exercise} | {' | '.join(map(str, self.counts))} |"


def rows_of(exercise_id: str) -> Rows:
    bank = bank_of(exercise_id)
    right, wrong = bank.of("right"), bank.of("wrong")
    named = [j for j in wrong if j.entry.mistake != "none"]
    other = [j for j in wrong if (j.verdict.mistake or "none") != j.entry.mistake]
    counts = (
        len(right),
        sum(j.verdict.passed for j in right),
        len(wrong),
        sum(j.verdict.passed for j in wrong),
        len(named),
        sum(j.verdict.mistake == j.entry.mistake for j in named),
        sum(j.verdict.mistake is not None for j in other),
    )
    otherwise = [
        f"| {exercise_id} | {j.entry.name} | {' or '.join(j.entry.mistakes)} | {j.verdict.mistake or 'no name'} |"
        for j in other
    ]
    found = found_by_mutants(exercise_id)
    needed = [f"| {part} | {how} |" for part, how in found.items() if how]
    unneeded = [f"- {part}: {SURVIVORS.get(part, 'no reason known')}" for part, how in found.items() if not how]
    return Rows(exercise_id, counts, otherwise, needed, unneeded)


def diagnosis(found: list[Rows]) -> str:
    right, accepted, wrong, let_through, named, told, false = (
        sum(row.counts[i] for row in found) for i in range(len(found[0].counts))
    )
    lines = [
        "# What the checks say of the banks",
        "",
        f"Written by `{COMMAND}`, from every answer in `banks/`. Do not edit.",
        "",
        f"- {right} right answers, accepted: {accepted}",
        f"- {wrong} wrong answers, accepted: {let_through}",
        f"- {named} of the wrong ones have a name; told by it: {told} ({100 * told / named:.1f} %)",
        f"- told by another name than their marker's first: {false}",
        "",
        "| exercise | right | accepted | wrong | accepted | named | told | told otherwise |",
        "|---|---|---|---|---|---|---|---|",
        *(row.summary for row in found),
        "",
        "## Answers not told by their first name",
        "",
        "| exercise | answer | in the bank | said |",
        "|---|---|---|---|",
        *(line for row in found for line in row.otherwise),
    ]
    return "\n".join(lines) + "\n"


def mutations(found: list[Rows]) -> str:
    needed = [line for row in found for line in row.needed]
    unneeded = [line for row in found for line in row.unneeded]
    renamed = sum(line.endswith("loses its name |") for line in needed)
    lines = [
        "# What each question, row and tolerance is needed for",
        "",
        f"Written by `{COMMAND}`. Do not edit.",
        "",
        "Each part of an exercise is taken away in turn (a tolerance is made ten thousand times as large), and the",
        "answers of the banks are judged again. A part is needed if a wrong answer is accepted without it or earns",
        "more or, where the part is there to say what is wrong, if a mistake loses its name.",
        "",
        f"- {len(needed) + len(unneeded)} parts",
        f"- {len(needed) - renamed} without which a wrong answer is accepted or earns more",
        f"- {renamed} without which a mistake loses its name",
        f"- {len(unneeded)} that no answer in the banks shows",
        "",
        "## Parts that no answer shows",
        "",
        *unneeded,
        "",
        "## Without this part …",
        "",
        "| part | answer |",
        "|---|---|",
        *needed,
    ]
    return "\n".join(lines) + "\n"


def written(exercise_id: str) -> Rows:
    """Return what the pages currently say about an exercise; empty rows if it is new."""

    def lines(page: Path) -> list[str]:
        begins = (f"| {exercise_id} ", f"| {exercise_id}:", f"- {exercise_id}:")
        return [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(begins)]

    summary, *otherwise = lines(DIAGNOSIS) or [""]
    parts = lines(MUTATIONS)
    return Rows(
        exercise_id,
        tuple(int(cell) for cell in summary.split("|")[2:-1]),
        otherwise,
        [line for line in parts if line.startswith("|")],
        [line for line in parts if line.startswith("-")],
    )


def write(changed: list[Rows]) -> None:
    """Write both pages, keeping what they already say about the other exercises."""
    anew = {rows.exercise: rows for rows in changed}
    found = [anew.get(e.id) or written(e.id) for e in all_exercises()]
    GENERATED.mkdir(exist_ok=True)
    pages = {DIAGNOSIS: diagnosis(found), MUTATIONS: mutations(found)}
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")
