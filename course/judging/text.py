"""The sentences of a check's message, for plain text and HTML alike."""

from __future__ import annotations

import re

from course.exercise.compare import RowResult
from course.exercise.verdict import Returned, Verdict
from course.runner import Failure
from course.runner.isolation import CUT

# Enough to recognise what was printed; a loop that prints would push the message off the screen.
MAX_PRINTED_LINES = 8

_TYPE_WORDS = {
    "array": "a NumPy array",
    "tensor": "a torch tensor",
    "number": "one number",
    "scalar tensor": "a 0-d torch tensor",
    "losses": "a list with one number per step",
}


def row_text(row: RowResult, *, problem: str = "") -> str:
    """Say what is wrong with one row in one sentence, without giving away what is right.

    problem: the exercise's own sentence about wrong values of this row, if it has one.
    """
    name = f"`{row.name}`"
    match row.problem:
        case None:
            return f"{name} is right."
        case "missing":
            if about_count(row):
                return f"{row.wanted} results are asked for, in the order the text names them; {row.got} came back."
            return f"{name} is missing from what came back."
        case "none":
            return f"{name} is None."
        case "type":
            return f"{name} should be {_TYPE_WORDS.get(row.wanted, row.wanted)}; a `{row.got}` came back."
        case "numbers":
            return f"{name} does not hold real numbers (its type is {row.got})."
        case "shape":
            lengths = [_LENGTH.fullmatch(shape) for shape in (row.got, row.wanted)]
            if lengths[0] and lengths[1]:
                return f"{name} has {_entries(lengths[0][1])}; here it should have {lengths[1][1]}."
            return f"{name} has shape {row.got}; here it should be {row.wanted}."
        case "dtype":
            return f"{name} has dtype {row.got}; it should be {row.wanted}."
        case "device":
            return f"{name} lies on the device {row.got}; it should be where the inputs are, on {row.wanted}."
        case "finite":
            return f"{name} contains {row.got}: a number got out of hand, or was divided by zero."
        case "value":
            if problem:
                return problem
            if row.got in ("", "()"):
                return f"{name} has a wrong value: it is off by {error_text(row.error, 'its')}."
            return f"{name} has the right shape {row.got}, but wrong values: they are off by {error_text(row.error)}."
        case "fact":
            if row.name == "inputs":
                return f"The function changed what it was given ({row.got})."
            return row.wanted
    raise AssertionError(row.problem)


_LENGTH = re.compile(r"\((\d+),\)")


def _entries(number: str) -> str:
    return "1 entry" if number == "1" else f"{number} entries"


def about_count(row: RowResult) -> bool:
    """Tell whether what is wrong is how many results came back."""
    return row.problem == "missing" and row.wanted.isdigit()


def error_text(error: float | None, whose: str = "their") -> str:
    """Say how far off values are, relative to the right ones, in a number that can be read aloud."""
    if error is None:
        return "far"
    if error >= 1000:
        return f"more than 1000 times {whose} size"
    if error >= 1.95:
        return f"{error:.0f} times {whose} size"
    if error >= 0.1:
        return f"{100 * error:.0f} %"
    if error >= 0.001:
        return f"{100 * error:.2g} %"
    return f"about one part in {float(f'{1 / error:.0e}'):,.0f}".replace(",", "\u202f")


def failure_text(failure: Failure) -> str:
    """Say why code gave no answer, in words for the person who wrote it."""
    match failure.kind:
        case "blank":
            return "Not attempted yet: the blank is as it was handed out."
        case "unfinished":
            return "The line `raise NotImplementedError()` is still there: your own lines are to stand in its place."
        case "undefined" if failure.type_name:
            return (
                f"There is no `{failure.message}` here, but there is `{failure.type_name}`. Is one of them misspelled?"
            )
        case "undefined":
            name = f"`{failure.message}`"
            return f"There is no {name} here: run the cell that defines it, or bring it back if it was deleted."
        case "magic":
            name, magic = f"`{failure.message}`", f"`%%{failure.type_name}`"
            return f"{magic} stands above {name}: what is defined under it ends with the cell. Take that line out."
        case "wrong_kind":
            asked = failure.message if failure.message in ("class", "function") else "function or class"
            return f"It should be a {asked}, as the text asks; it is a `{failure.type_name}` now."
        case "global":
            name = f"`{failure.message}`" if failure.message else "a variable"
            return f"Your code uses {name} from the notebook in place of one of its arguments."
        case "autograd" if failure.message == "optimizer":
            return "Your code lets an optimizer of torch take the step; here it is to be written by hand."
        case "autograd" if "torch" in failure.message:
            return "Your code uses torch; this lesson is done with NumPy alone."
        case "autograd":
            return "Your code lets autograd make the gradient; here it is to be written by hand."
        case "unreadable":
            return f"Not judged: the notebook that was handed in could not be read ({failure.message})."
        case "timed_out":
            told = "Your code did not come to an end in the time it has: is there an endless loop, or a very long one?"
            return told + _HERE if failure.line else told
        case "stopped":
            return "You stopped the check." + (_HERE if failure.line else "")
        case "not_yet":
            names = [f"`{name}`" for name in failure.message.split(", ")]
            cells = f"the cell of {names[0]} has" if len(names) == 1 else f"the cells of {', '.join(names)} have"
            return (
                f"Not judged: {cells} not been run since the kernel started. Choose Run > Run All Above "
                "Selected Cell, then run this check again."
            )
        case "stale" | "renamed":
            return f"This is about your earlier version of `{failure.message}`: {_why_stale(failure)}"
        case "stale_use":
            return f"Not judged: it uses an earlier version of your `{failure.message}`: {_why_stale(failure)}"
        case "signature":
            said = f" ({failure.message.strip().splitlines()[0]})" if failure.message.strip() else ""
            return (
                f"Your code cannot be called in the way the text asks{said}: "
                f"put the first line back as it was: `{failure.line}`."
            )
        case "device":
            return f"The device could not be used while your code was asked: {failure.message}."
        case "died":
            return "The Python process ended while your code was running."
        case "unjudged":
            return f"What your code gave back could not be judged: {failure.message}."
        case "too_large":
            return "Your code asked for more memory than there is, or gave back far more numbers than asked for."
    words = failure.message.strip().splitlines()
    return f"Your code raised {failure.type_name}" + (f": {words[0]}" if words else ".")


_HERE = " It was here:"


def _why_stale(failure: Failure) -> str:
    if not failure.type_name:
        return "its cell does not define it any more. Give it its name back and run that cell, then this one again."
    return f"the last run of its cell failed ({failure.type_name}). Fix that cell and run it, then this one again."


def student_line(verdict: Verdict) -> str:
    """Return the line of the student's cell that failed, with its number; "" if there is none to show.

    Below it, where it failed on shapes, the operation and the shapes of its operands.
    """
    failure = verdict.failure
    if failure is None or not failure.line or verdict.blocked_by:
        return ""
    if failure.kind not in ("raised", "global", "autograd", "unfinished", "too_large", "stopped", "timed_out"):
        return ""
    return "\n".join(filter(None, (f"line {failure.line_number}: {failure.line}", failure.operands)))


def _named(exercises: tuple[str, ...]) -> str:
    return " and ".join(f"`{name}`" for name in exercises)


def right_ones_told(exercises: tuple[str, ...], passed: bool) -> str:
    """Say that right exercises stood in for some that did not pass, and what came of it."""
    right = f"a right {_named(exercises)}" if len(exercises) == 1 else f"right {_named(exercises)}"
    judged = "this one is right" if passed else "this one does not pass either"
    return f"Checked with {right} in place of yours, which did not pass: {judged}."


def detail_of(verdict: Verdict) -> str:
    """Return the sentence that says what is wrong (or what has to happen first)."""
    if verdict.blocked_by:
        names = _named(verdict.blocked_by)
        return f"Not judged: it uses {names}, which did not pass. Fix that first, then run this check again."
    if verdict.failure is not None:
        return failure_text(verdict.failure)
    first = verdict.first_wrong
    if first is None:
        return ""
    if first.problem == "none":
        values = [r for r in verdict.rows if r.problem != "fact"]
        if all(r.problem == "none" for r in values):
            return "Nothing came back: the function returned None."
        return row_text(first)
    return " ".join(part for part in (row_text(first, problem=verdict.problem), verdict.pattern) if part)


def where_text(verdict: Verdict) -> str:
    """Say which question it went wrong in, where that can matter."""
    first = verdict.first_wrong
    if verdict.failure is not None and verdict.failure.kind == "raised" and verdict.outcome == "fail":
        return f"The check called your code with {verdict.where}."
    if verdict.failure is not None or verdict.blocked_by or not verdict.where:
        return ""
    if first is None or first.problem in ("fact", "none") or about_count(first):
        return ""
    return f"The check called your code with {verdict.where}."


def printed_text(verdict: Verdict) -> str:
    """Return the first lines of what the student's code printed, with a mark where there was more."""
    lines = verdict.printed.splitlines()
    return "\n".join(lines[:MAX_PRINTED_LINES] + [CUT] * (len(lines) > MAX_PRINTED_LINES))


def read_again(verdict: Verdict) -> str:
    """Return the heading of the lesson to read again, "" where reading would not help."""
    return verdict.section if verdict.outcome in ("fail", "crashed", "refused") else ""


def differs_text(seen: Returned, sign: str) -> str:
    """Say how many entries of what came back differ from what is right, and what a mark of the grid stands for.

    sign: what marks an entry that differs.
    """
    if not seen.n_off or seen.size < 2:
        return ""
    if seen.n_off == seen.size:
        return f"All {_grouped(seen.size)} entries differ from what is right."
    rows, columns = seen.block
    block = f"; each mark stands for a block of up to {rows} by {columns}" if rows * columns > 1 else ""
    differ = "differs" if seen.n_off == 1 else "differ"
    return f"{_grouped(seen.n_off)} of its {_grouped(seen.size)} entries {differ} from what is right ({sign}){block}:"


def returned_text(seen: Returned) -> tuple[str, str, str]:
    """Say what came back in one line: what stands before the bars, the bars, and what stands behind them."""
    before = "What came back: "
    said = f"shape {seen.shape}" if seen.shape else "one number"
    odd = [(seen.n_nan, "NaN"), (seen.n_infinite, "infinite")]
    told = "".join(f"; {_of_all(n, seen.size)} {kind}" for n, kind in odd if n)
    if seen.low is None or seen.high is None:
        return f"{before}{said}{told}.", "", ""
    low, high = _number(seen.low), _number(seen.high)
    if not seen.bars:
        every = "every entry " if seen.size > 1 and not told else ""
        return f"{before}{said}, {every}about {low}{told}.", "", ""
    if seen.in_order:
        return f"{before}{said}, the first about {low} ", seen.bars, f" the last about {high}{told}."
    return f"{before}{said}, from about {low} ", seen.bars, f" to {high}{told}."


def _of_all(n: int, size: int) -> str:
    if size == 1:
        return "it is"
    if n == size:
        return "every entry is"
    return f"{_grouped(n)} of {_grouped(size)} entries {'is' if n == 1 else 'are'}"


def _number(number: float) -> str:
    return f"{number:g}".replace("-", "−")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
