"""Decode answers: bytes that student code may have forged become plain, bounded data, or raise an error."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, get_args

from course.runner import Answer, Failure, Value, head_end, pack_answers, unpack_answers
from course.runner.values import Kind
from course.sandbox.messages import ANSWERED, LONGEST, MAX_HEAD

KINDS = get_args(Kind)
# With the notebooks' array sizes an answer takes at most 3 MiB: parameters and their gradients in float64.
MAX_ANSWER_BYTES = 16 * 2**20
# Bytes of an answer besides its arrays, including bytes that nothing refers to.
MAX_REST_BYTES = 2**20
# Facts are names, counts and small tables of them.
MAX_FACTS, MAX_DEPTH = 5000, 6
MAX_WORDS, MAX_PRINTED, MAX_SOURCE = 600, 2000, 20_000


def accepted(blob: bytes) -> bytes:
    """Return the bytes of one answer as they came, or packed anew if they hold too much besides its arrays.

    Raises ValueError, KeyError or TypeError for bytes that no worker sends.
    """
    (answer,) = received(blob)
    numbers = sum(v.array.nbytes for v in answer.values.values() if v.array is not None)
    return blob if len(blob) - numbers < MAX_REST_BYTES else pack_answers([answer])


def is_too_long(whole: int, head: int) -> bool:
    """Return whether an answer is too long to send, given its length and that of the JSON before its arrays."""
    return whole > LONGEST[ANSWERED] or head > MAX_HEAD


def received(blob: bytes) -> list[Answer]:
    """Deserialize answers.

    Raises ValueError, KeyError or TypeError for bytes that no worker sends. An answer too large to keep becomes the
    failure "too_large".
    """
    if is_too_long(len(blob), head_end(blob) - 8):
        raise ValueError("not an answer: too long")
    return [_answer(answer) for answer in unpack_answers(blob)]


def _answer(answer: Answer) -> Answer:
    if sum(v.array.nbytes for v in answer.values.values() if v.array is not None) > MAX_ANSWER_BYTES:
        return Answer(failure=Failure("too_large"))
    failure = answer.failure
    return Answer(
        {plain_text(name, 200): _value(value) for name, value in answer.values.items()},
        _plain(answer.facts, [MAX_FACTS], MAX_DEPTH),
        None if failure is None else _failure(failure),
        plain_text(answer.printed, MAX_PRINTED),
        plain_text(answer.source, MAX_SOURCE),
    )


_name_of = cache(str)  # NumPy builds a dtype's name on every call


def plain_text(text: object, most: int) -> str:
    """Return the beginning of a text, with lone surrogates replaced, which cannot be encoded as UTF-8."""
    if not isinstance(text, str):
        raise ValueError("not a text")
    text = text[:most]
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def line_number(number: object) -> int:
    if not isinstance(number, int) or not 0 <= number < 10**6:
        raise ValueError("not a line")
    return number


def _value(value: Value) -> Value:
    if value.kind not in KINDS or (value.array is not None and value.array.dtype.kind not in "biuf"):
        raise ValueError("not a value")
    dtype = plain_text(value.dtype, 80)
    if value.array is not None and dtype in ("float32", "float64"):
        dtype = _name_of(value.array.dtype)  # the array's own dtype, not the claimed one
    return Value(
        value.kind,
        plain_text(value.type_name, 200),
        value.array,
        dtype,
        plain_text(value.device, 80),
        value.requires_grad is True,
        value.is_leaf is True,
    )


def _failure(failure: Failure) -> Failure:
    number = line_number(failure.line_number)
    kind, type_name = plain_text(failure.kind, 80), plain_text(failure.type_name, 80)
    message, line, operands = (
        plain_text(t, MAX_WORDS) for t in (failure.message, failure.line[:200], failure.operands)
    )
    return Failure(kind, type_name, message, line, number, operands)


def _plain(thing: Any, room: list[int], depth: int) -> Any:
    """Copy parsed JSON, with limits on the number of items, depth and length."""
    room[0] -= 1
    if room[0] < 0 or depth < 0:
        raise ValueError("too many facts")
    if isinstance(thing, str):
        return plain_text(thing, MAX_WORDS)
    if isinstance(thing, dict):
        return {plain_text(k, 200): _plain(v, room, depth - 1) for k, v in thing.items()}
    if isinstance(thing, list):
        return [_plain(item, room, depth - 1) for item in thing]
    if thing is None or isinstance(thing, bool):
        return thing
    if isinstance(thing, int) and abs(thing) < 2**63:
        return thing
    if isinstance(thing, float) and not math.isinf(thing):
        return thing
    raise ValueError("not a fact")
