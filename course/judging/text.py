"""The sentences of a check's message, for both plain text and HTML."""

from __future__ import annotations

import re

from course.exercise.compare import RowResult, digits_of
from course.exercise.verdict import Returned, Verdict
from course.judging.failures import failure_text
from course.judging.labels import name_of
from course.language import all_of, later, listed, paragraph, say, say_n
from course.runner.isolation import CUT

# Enough to recognise what was printed; the output of a loop would push the message off the screen.
MAX_PRINTED_LINES = 8

_TYPES = {
    "array": later("`{name}` should be a NumPy array; a `{got}` came back."),
    "tensor": later("`{name}` should be a torch tensor; a `{got}` came back."),
    "number": later("`{name}` should be one number; a `{got}` came back."),
    "scalar tensor": later("`{name}` should be a 0-d torch tensor; a `{got}` came back."),
    "losses": later("`{name}` should be a list with one number per step; a `{got}` came back."),
}


def row_text(row: RowResult, *, problem: str = "") -> str:
    """Return one sentence about what is wrong with a row, without giving away what is right.

    problem: the exercise's own sentence about wrong values of this row, or "" if it has none.
    """
    name, got, wanted = name_of(row.name), row.got, row.wanted
    match row.problem:
        case None:
            return say("`{name}` is right.", name=name)
        case "missing":
            if about_count(row):
                told = later("{wanted} results are asked for, in the order the text names them; {got} came back.")
                return say(told, wanted=wanted, got=got)
            return say("`{name}` is missing from what came back.", name=name)
        case "none":
            return say("`{name}` is None.", name=name)
        case "type":
            return say(_TYPES[wanted], name=name, got=got)
        case "numbers":
            return say("`{name}` does not hold real numbers (its type is {got}).", name=name, got=got)
        case "shape":
            lengths = [_LENGTH.fullmatch(shape) for shape in (got, wanted)]
            if lengths[0] and lengths[1]:
                return say_n(
                    "`{name}` has {n} entry; here it should have {wanted}.",
                    "`{name}` has {n} entries; here it should have {wanted}.",
                    int(lengths[0][1]),
                    name=name,
                    wanted=lengths[1][1],
                )
            return say("`{name}` has shape {got}; here it should be {wanted}.", name=name, got=got, wanted=wanted)
        case "dtype":
            return say("`{name}` has dtype {got}; it should be float64 or float32.", name=name, got=got)
        case "device":
            told = later("`{name}` lies on the device {got}; it should be where the inputs are, on {wanted}.")
            return say(told, name=name, got=got, wanted=wanted)
        case "finite":
            return say("`{name}` contains {got}: a number got out of hand, or was divided by zero.", name=name, got=got)
        case "value":
            return problem or _off_text(row)
        case "fact":
            if name != "inputs":
                return wanted
            return say("The function changed what it was given ({names}).", names=listed(got.split(", ")))
    raise AssertionError(row.problem)


_LENGTH = re.compile(r"\((\d+),\)")


def about_count(row: RowResult) -> bool:
    """Return whether a row is wrong because of the number of results that were returned."""
    return row.problem == "missing" and row.wanted.isdigit()


# How far off values are, relative to the right ones, in easily read numbers: the least error, and the messages for an
# array and for a single number.
_OFF = (
    (
        1000,
        later(
            "`{name}` has the right shape {shape}, but wrong values: they are off by more than 1000 times their size."
        ),
        later("`{name}` has a wrong value: it is off by more than 1000 times its size."),
    ),
    (
        1.95,
        later("`{name}` has the right shape {shape}, but wrong values: they are off by {times:.0f} times their size."),
        later("`{name}` has a wrong value: it is off by {times:.0f} times its size."),
    ),
    (
        0.001,
        later("`{name}` has the right shape {shape}, but wrong values: they are off by {percent} %."),
        later("`{name}` has a wrong value: it is off by {percent} %."),
    ),
    (
        0,
        later("`{name}` has the right shape {shape}, but wrong values: they are off by about one part in {parts}."),
        later("`{name}` has a wrong value: it is off by about one part in {parts}."),
    ),
)


def _off_text(row: RowResult) -> str:
    # rounded first, so that an error halfway between two displayed numbers is displayed alike on every machine
    error = float("inf") if row.error is None else float(f"{row.error:.6g}")
    several, single = next((several, single) for least, several, single in _OFF if error >= least)
    return say(
        single if row.got in ("", "()") else several,
        name=name_of(row.name),
        shape=row.got,
        times=error,
        percent=f"{100 * error:.0f}" if error >= 0.1 else f"{100 * error:.2g}",
        parts=_grouped(float(f"{1 / error:.0e}")) if error else "",
    )


def student_line(verdict: Verdict) -> str:
    """Return the line of the student's cell that failed, with its number, or "" if there is none to show.

    If it failed on shapes or devices, the operation and those of its operands follow on lines of their own.
    """
    failure = verdict.failure
    if failure is None or not failure.line or verdict.blocked_by:
        return ""
    if failure.kind not in ("raised", "global", "autograd", "unfinished", "too_large", "stopped", "timed_out"):
        return ""
    line = say("line {number}: {line}", number=failure.line_number, line=failure.line)
    return "\n".join(filter(None, (line, failure.operands)))


def _named(exercises: tuple[str, ...]) -> str:
    return all_of([f"`{name}`" for name in exercises])


def substitution_note(exercises: tuple[str, ...], passed: bool) -> str:
    """Return a sentence saying that right answers stood in for exercises that did not pass, and with what result."""
    names = _named(exercises)
    if passed:
        return say_n(
            "Checked with a right {names} in place of yours, which did not pass: this one is right.",
            "Checked with right {names} in place of yours, which did not pass: this one is right.",
            len(exercises),
            names=names,
        )
    return say_n(
        "Checked with a right {names} in place of yours, which did not pass: this one does not pass either.",
        "Checked with right {names} in place of yours, which did not pass: this one does not pass either.",
        len(exercises),
        names=names,
    )


def detail_of(verdict: Verdict) -> str:
    """Return the sentence that says what is wrong, or what has to happen first; "" for a pass."""
    if verdict.blocked_by:
        told = later("Not judged: it uses {names}, which did not pass. Fix that first, then run this check again.")
        return say(told, names=_named(verdict.blocked_by))
    if verdict.failure is not None:
        return failure_text(verdict.failure)
    first = verdict.first_wrong
    if first is None:
        return ""
    if first.problem == "none":
        values = [r for r in verdict.rows if r.problem != "fact"]
        if all(r.problem == "none" for r in values):
            return say("Nothing came back: the function returned None.")
        return row_text(first)
    return paragraph(row_text(first, problem=verdict.problem), verdict.pattern)


def where_text(verdict: Verdict) -> str:
    """Return a sentence about the question that was answered wrongly, or "" if it cannot matter which one it was."""
    first, failure = verdict.first_wrong, verdict.failure
    raised = failure is not None and failure.kind == "raised" and verdict.outcome == "fail"
    if not raised:
        if failure is not None or verdict.blocked_by or not verdict.where:
            return ""
        if first is None or first.problem in ("fact", "none") or about_count(first):
            return ""
    return say("The check called your code with {where}.", where=verdict.where)


def printed_text(verdict: Verdict) -> str:
    """Return the first lines that the student's code printed, with a mark if there were more."""
    lines = verdict.printed.splitlines()
    return "\n".join(lines[:MAX_PRINTED_LINES] + [CUT] * (len(lines) > MAX_PRINTED_LINES))


def read_again(verdict: Verdict) -> str:
    """Return the heading of the section to read again, or "" if reading would not help."""
    return verdict.section if verdict.outcome in ("fail", "crashed", "refused") else ""


def differs_text(seen: Returned, sign: str) -> str:
    """Return a sentence saying how many entries are wrong and, if there is a grid, what a mark in it stands for.

    sign: the mark of an entry that differs.
    """
    if not seen.n_off or seen.size < 2:
        return ""
    if seen.n_off == seen.size:
        return say("All {size} entries differ from what is right.", size=_grouped(seen.size))
    rows, columns = seen.block
    counted = {"count": _grouped(seen.n_off), "size": _grouped(seen.size), "sign": sign}
    if rows * columns == 1:
        return say_n(
            "{count} of its {size} entries differs from what is right ({sign}):",
            "{count} of its {size} entries differ from what is right ({sign}):",
            seen.n_off,
            **counted,
        )
    return say_n(
        "{count} of its {size} entries differs from what is right ({sign}); each mark stands for a block of up to "
        "{rows} by {columns}:",
        "{count} of its {size} entries differ from what is right ({sign}); each mark stands for a block of up to "
        "{rows} by {columns}:",
        seen.n_off,
        **counted,
        rows=rows,
        columns=columns,
    )


def returned_text(seen: Returned) -> tuple[str, str, str]:
    """Return a one-line summary of what was returned, as the text before the bars, the bars and the text after them."""
    odd = paragraph(_nan_text(seen.n_nan, seen.size), _infinite_text(seen.n_infinite, seen.size))
    if seen.low is None or seen.high is None:
        told = later("What came back: shape {shape}.") if seen.shape else later("What came back: one number.")
    elif seen.bars and seen.in_order:
        told = later("What came back: shape {shape}, the first about {low} {bars} the last about {high}.")
    elif seen.bars:
        told = later("What came back: shape {shape}, from about {low} {bars} to {high}.")
    elif not seen.shape:
        told = later("What came back: one number, about {low}.")
    elif seen.size > 1 and odd:
        told = later("What came back: shape {shape}, the others about {low}.")
    elif seen.size > 1:
        told = later("What came back: shape {shape}, every entry about {low}.")
    else:
        told = later("What came back: shape {shape}, about {low}.")
    low, high = (_number(x) if x is not None else "" for x in (seen.low, seen.high))
    said = say(told, shape=seen.shape, low=low, high=high, bars=seen.bars)
    if not seen.bars:
        return paragraph(said, odd), "", ""
    before, bars, after = said.partition(seen.bars)
    return before, bars, paragraph(after, odd)


def _nan_text(n: int, size: int) -> str:
    if not n:
        return ""
    if n == size:
        return say("It is NaN.") if size == 1 else say("Every entry is NaN.")
    return say_n(
        "{count} of {size} entries is NaN.",
        "{count} of {size} entries are NaN.",
        n,
        count=_grouped(n),
        size=_grouped(size),
    )


def _infinite_text(n: int, size: int) -> str:
    if not n:
        return ""
    if n == size:
        return say("It is infinite.") if size == 1 else say("Every entry is infinite.")
    return say_n(
        "{count} of {size} entries is infinite.",
        "{count} of {size} entries are infinite.",
        n,
        count=_grouped(n),
        size=_grouped(size),
    )


def _number(number: float) -> str:
    return digits_of(number, 6).replace("-", "−")


def _grouped(number: float) -> str:
    return f"{number:,.0f}".replace(",", "\u202f")
