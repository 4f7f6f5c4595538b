"""Write docs/generated/mistakes.md: every mistake with its hints and the exercises that show it.

python -m benchmarks.mistakes
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from course.exercise import general
from course.exercise.idea import CATALOGUE, Idea
from course.lessons import all_exercises

PAGE = Path(__file__).resolve().parents[1] / "docs" / "generated" / "mistakes.md"


def page() -> str:
    """Return the page as text."""
    exercises = defaultdict(set)
    for exercise in all_exercises():
        for mistake in exercise.mistakes:
            exercises[mistake.id].add(exercise.id.replace("_", "\\_"))
    anywhere = {thing.id for thing in vars(general).values() if isinstance(thing, Idea)}
    lines = [
        "# The catalogue of mistakes",
        "",
        "Written by `python -m benchmarks.mistakes`; do not edit. A mistake is entered in `course/mistakes/`;",
        "one that can be made in any exercise in `course/exercise/general.py`.",
        "",
        f"- {len(CATALOGUE)} mistakes",
        f"- {sum(len(e.mistakes) for e in all_exercises())} ways of making one, over {len(all_exercises())} exercises",
        "",
        "| mistake | hint | second hint | exercises |",
        "|---|---|---|---|",
    ]
    for name in sorted(CATALOGUE):
        idea = CATALOGUE[name]
        where = sorted(exercises[name]) + (["any"] if name in anywhere else [])
        lines.append(f"| `{name}` | {_cell(idea.hint)} | {_cell(idea.more)} | {', '.join(where)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(CATALOGUE)} mistakes: {PAGE}")
