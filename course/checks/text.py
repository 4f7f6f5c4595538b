"""Render a verdict as plain text, for a terminal or a notebook."""

from __future__ import annotations

from course.asking import Failure
from course.checks.compare import RowResult
from course.checks.verdict import Verdict

_PASS, _FAIL = "✓", "✗"

_TYPE_WORDS = {
    "array": "a NumPy array",
    "tensor": "a torch tensor",
    "number": "one number",
    "scalar tensor": "a 0-d torch tensor",
    "losses": "a list with one number per step",
}


def row_text(row: RowResult) -> str:
    """Say what is wrong with one row in one sentence, without giving away what is right."""
    name = f"`{row.name}`"
    match row.problem:
        case None:
            return f"{name} is right."
        case "missing":
            if row.wanted and row.wanted.isdigit():
                return f"{row.wanted} results are asked for, in the order the text names them; {row.got} came back."
            return f"{name} is missing from what came back."
        case "none":
            return f"{name} is None: nothing was handed back. Is there a `return` at the end, with all results?"
        case "type":
            return f"{name} should be {_TYPE_WORDS.get(row.wanted, row.wanted)}; a `{row.got}` came back."
        case "numbers":
            return f"{name} does not hold real numbers (its type is {row.got})."
        case "shape":
            return f"{name} has shape {row.got}; here it should be {row.wanted}."
        case "dtype":
            return f"{name} has dtype {row.got}; it should be {row.wanted}."
        case "device":
            return f"{name} lies on the device {row.got}; it should be where the inputs are, on {row.wanted}."
        case "finite":
            return f"{name} contains {row.got}: a number got out of hand, or was divided by zero."
        case "value":
            shape = "" if row.got in ("", "()") else f" (its shape {row.got} is right)"
            return f"{name} has wrong values{shape}: {error_text(row.error)} away from what autograd gives."
        case "fact":
            if row.name == "inputs":
                return f"The function changed what it was given ({row.got})."
            return row.wanted
    raise AssertionError(row.problem)


def error_text(error: float | None) -> str:
    """Say how far off values are, relative to the right ones; two digits are enough."""
    if error is None:
        return "far"
    if error >= 1000:
        return "more than 1000 times their size"
    if error >= 0.01:
        return f"{100 * error:.2g} %" if error < 9.95 else f"{error:.0f} times their size"
    return f"{error:.1e} of their size"


def failure_text(failure: Failure) -> str:
    """Say why code gave no answer, in words for the person who wrote it."""
    match failure.kind:
        case "blank":
            return "Not attempted yet: the blank is as it was handed out."
        case "unfinished":
            return "The line `raise NotImplementedError()` is still there. Delete it once your own lines stand in its place."
        case "undefined":
            return f"There is no `{failure.message}` here. Run the cell that defines it, or bring the cell back if it was deleted."
        case "wrong_kind":
            return f"It should be a function or class as the text asks; it is a `{failure.type_name}` now."
        case "global":
            name = f"`{failure.message}`" if failure.message else "a variable"
            return f"Your code uses {name} from the notebook in place of one of its arguments."
        case "autograd" if failure.message == "optimizer":
            return "Your code lets an optimizer of torch take the step; here it is to be written by hand."
        case "autograd":
            return "Your code lets autograd make the gradient; here it is to be written by hand."
        case "timed_out":
            return "Your code did not come to an end in the time it has. Is there a loop that never ends?"
        case "died":
            return "The Python process ended while your code was running."
        case "too_large":
            return "Your code asked for more memory than there is, or gave back far more numbers than asked for."
    words = failure.message.strip().splitlines()
    return f"Your code raised {failure.type_name}" + (f": {words[0]}" if words else ".")


def detail_of(verdict: Verdict) -> str:
    """Return the sentences that say what is wrong (or what has to happen first)."""
    if verdict.blocked_by:
        names = " and ".join(f"`{name}`" for name in verdict.blocked_by)
        return f"Not judged: it uses {names}, which did not pass. Mend that first, then run this check again."
    if verdict.failure is not None:
        text = failure_text(verdict.failure)
        if verdict.failure.line and verdict.failure.kind in ("raised", "global", "autograd", "unfinished"):
            text += f"\n    line {verdict.failure.line_number}: {verdict.failure.line}"
        return text
    first = verdict.first_wrong
    return "" if first is None else row_text(first)


def rows_shown(verdict: Verdict) -> list[RowResult]:
    """Return the rows up to the first wrong one: what follows from it is wrong too and says nothing new."""
    shown: list[RowResult] = []
    for row in verdict.rows:
        shown.append(row)
        if not row.ok:
            break
    return shown


def as_text(verdict: Verdict) -> str:
    """Return the message of a check: rows, what is wrong, the suspicion, where to read again."""
    name = verdict.exercise.partition(".")[2]
    points = f"{verdict.points:g} of {verdict.max_points:g} points"
    if verdict.passed:
        lines = [f"{_PASS} {name}: {verdict.title} — {points}"]
    else:
        lines = [f"{_FAIL} {name}: {verdict.title} — {verdict.outcome.replace('_', ' ')}, {points}"]
    if verdict.failure is None and not verdict.blocked_by:
        shown = [r for r in rows_shown(verdict) if r.name != "inputs"]
        width = max((len(r.name) for r in shown), default=0)
        for row in shown:
            got = f"  {row.got}" if row.ok and row.got not in ("", "()") else ""
            lines.append(f"  {_PASS if row.ok else _FAIL} {row.name:<{width}}{got}".rstrip())
    detail = detail_of(verdict)
    if detail:
        lines += ["", detail]
        if verdict.where and verdict.first_wrong is not None and verdict.failure is None:
            lines.append(f"Asked with {verdict.where}.")
    if verdict.hint:
        lines += ["", verdict.hint]
    if verdict.printed and not verdict.passed:
        lines += ["", "Your code printed:", *("    " + line for line in verdict.printed.splitlines()[:8])]
    if verdict.section and verdict.outcome in ("fail", "crashed", "refused"):
        lines += ["", f"Read again: “{verdict.section}”."]
    return "\n".join(lines)


def as_line(verdict: Verdict) -> str:
    """Return one sentence for a table or a log."""
    if verdict.passed:
        return "right"
    detail = detail_of(verdict).splitlines()[0] if detail_of(verdict) else verdict.outcome
    return f"{detail} {verdict.hint}".strip()
