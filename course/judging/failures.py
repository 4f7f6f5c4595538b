"""Messages that tell a student why their code gave no answer."""

from __future__ import annotations

import re
import unicodedata

from course.language import later, listed, paragraph, say, say_n
from course.runner import Failure
from course.runner.devices import DEVICE_MESSAGES
from course.runner.wording import REPLACED_MESSAGES

# Characters that input methods and word processors write, with Python's equivalents. Full-width letters are normalised
# by Unicode (NFKC).
_PYTHONS = {"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ",", "×": "*", "−": "-", "–": "-"}
# Messages by kind of failure. message, type_name, line: the failure's attributes.
_FAILURES = {
    "blank": later("Not attempted yet: the blank is as it was handed out."),
    "unfinished": later(
        "The line `raise NotImplementedError()` is still there: your own lines are to stand in its place."
    ),
    "misspelled": later("There is no `{message}` here, but there is `{type_name}`. Is one of them misspelled?"),
    "undefined": later(
        "There is no `{message}` here: run the cell that defines it, or bring it back if it was deleted."
    ),
    "magic": later(
        "`%%{type_name}` stands above `{message}`: what is defined under it ends with the cell. Take that line out."
    ),
    "class": later("It should be a class, as the text asks; it is a `{type_name}` now."),
    "function": later("It should be a function, as the text asks; it is a `{type_name}` now."),
    "wrong_kind": later("It should be a function or class, as the text asks; it is a `{type_name}` now."),
    "global": later("Your code uses `{message}` from the notebook in place of one of its arguments."),
    "global_built": later(
        "Your code uses `{message}` from the notebook. `{type_name}` is handed nothing: it gives back what is called "
        "with such things later."
    ),
    "global_unknown": later("Your code uses a variable from the notebook in place of one of its arguments."),
    "optimizer": later("Your code lets an optimizer of torch take the step; here it is to be written by hand."),
    "torch": later("Your code uses torch; this lesson is done with NumPy alone."),
    "autograd": later("Your code lets autograd make the gradient; here it is to be written by hand."),
    "unreadable": later("Not judged: the notebook that was handed in could not be read ({message})."),
    "timed_out": later(
        "Your code did not come to an end in the time it has: is there an endless loop, or a very long one?"
    ),
    "stopped": later("You stopped the check."),
    "stale": later(
        "This is about your earlier version of `{message}`: the last run of its cell failed ({type_name}). Fix that "
        "cell and run it, then this one again."
    ),
    "renamed": later(
        "This is about your earlier version of `{message}`: its cell does not define it any more. Give it its name "
        "back and run that cell, then this one again."
    ),
    "stale_use": later(
        "Not judged: it uses an earlier version of your `{message}`: the last run of its cell failed ({type_name}). "
        "Fix that cell and run it, then this one again."
    ),
    "renamed_use": later(
        "Not judged: it uses an earlier version of your `{message}`: its cell does not define it any more. Give it its "
        "name back and run that cell, then this one again."
    ),
    "signature": later(
        "Your code cannot be called in the way the text asks ({message}): put the first line back as it was: `{line}`."
    ),
    "signature_unknown": later(
        "Your code cannot be called in the way the text asks: put the first line back as it was: `{line}`."
    ),
    "device": later("The device could not be used while your code was asked: {message}."),
    "died": later("The Python process ended while your code was running."),
    "unjudged": later("What your code gave back could not be judged: {message}."),
    "too_large": later("Your code asked for more memory than there is, or gave back far more numbers than asked for."),
    "raised": later("Your code raised {type_name}: {message}"),
    "not_installed": later(
        "Your code raised {type_name}: {message}. That package is not there where your code was run: take the import "
        "out, or do without it."
    ),
    "raised_silently": later("Your code raised {type_name}."),
}


def failure_text(failure: Failure) -> str:
    """Return a message that tells the student why their code gave no answer."""
    if failure.kind == "not_yet":
        names = [f"`{name}`" for name in failure.message.split(", ")]
        return say_n(
            "Not judged: the cell of {names} has not been run since the kernel started. Choose Run > Run All Above "
            "Selected Cell, then run this check again.",
            "Not judged: the cells of {names} have not been run since the kernel started. Choose Run > Run All Above "
            "Selected Cell, then run this check again.",
            len(names),
            names=listed(names),
        )
    message = next(iter(failure.message.strip().splitlines()), "")
    if message in (*REPLACED_MESSAGES, *DEVICE_MESSAGES):
        message = say(message)
    told = say(_FAILURES[_told_as(failure)], message=message, type_name=failure.type_name, line=failure.line)
    here = failure.line and failure.kind in ("timed_out", "stopped")
    return paragraph(told, _mistyped(f"{failure.type_name} {message}"), say("It was here:") if here else "")


def _mistyped(said: str) -> str:
    """Return what to write instead of a character that Python rejects, or "" if that is not what went wrong."""
    found = re.search(r"invalid character '(.)'", said)
    if found is None:
        return ""
    meant = _PYTHONS.get(found[1]) or unicodedata.normalize("NFKC", found[1])
    told = later("Python does not know `{typed}`: write `{meant}`.")
    return say(told, typed=found[1], meant=meant) if meant.isascii() else ""


def _told_as(failure: Failure) -> str:
    """Return the key in `_FAILURES` of a failure's message: its kind, or a variant that depends on its other fields."""
    kind, message, known = failure.kind, failure.message.strip(), bool(failure.type_name)
    match kind:
        case "undefined":
            return "misspelled" if known else kind
        case "wrong_kind":
            return message if message in ("class", "function") else kind
        case "global":
            return "global_unknown" if not message else "global_built" if known else kind
        case "autograd":
            return "optimizer" if message == "optimizer" else "torch" if "torch" in message else kind
        case "stale_use":
            return kind if known else "renamed_use"
        case "signature":
            return kind if message else "signature_unknown"
        case "raised" if failure.type_name == "ModuleNotFoundError":
            return "not_installed"
    return kind if kind in _FAILURES and kind != "raised" else "raised" if message else "raised_silently"
