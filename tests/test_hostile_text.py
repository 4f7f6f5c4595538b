"""No answer can make judging slow: no pattern is matched against its text, and the work is linear in its length.

The tests count the characters that a pattern is given and the calls that Python makes; they never measure time.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest

from course.exercise import Exercise, Observation
from course.lessons import all_exercises
from course.mistakes.source import adds_up_losses, clears_before_update, rebinds, uses_up
from course.runner import Answer, Failure, Question, describe
from course.runner.source import branches_on, is_untouched, raises_not_implemented
from course.runner.syntax import MAX_SOURCE, Code, code_of

ROOT = Path(__file__).resolve().parents[1]
# Packages that process answers outside the sandbox.
ROOMS = [ROOT / "course" / room for room in ("lessons", "mistakes", "exercise", "judging")]
# `statement.py` reads a line of an instructor's text, not an answer.
JUDGING = sorted(path for room in ROOMS for path in room.rglob("*.py") if path.name != "statement.py")
# The longest message of an exception that is kept, with the name of its type and ": ", which patterns also see.
MAX_SEARCHED = 600 + 80 + 2

# ---------------------------------------------------------------- what the judging code may do

# Functions whose patterns are given a message or a single line.
SEARCHES = {"raises", "in_line", "line_has", "_model_type", "search", "match", "fullmatch", "findall", "compile"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in JUDGING:
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def reads_of_text(tree: ast.Module) -> list[str]:
    """Return the places that read an answer's text, except to parse it with `code_of`."""
    allowed = {
        inner
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "code_of"
        for inner in ast.walk(call)
    }
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "source" and n not in allowed]
    return [f"line {node.lineno}: {ast.unparse(node)}" for node in found]


def patterns(tree: ast.Module) -> list[str]:
    """Return the patterns in a module: arguments of its searches, and what mistakes expect an exception to match."""
    known = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SEARCHES:
            given = node.args[:2]  # a pattern, or an observation and a pattern
        elif isinstance(node, ast.keyword) and node.arg == "raised" and not isinstance(node.value, ast.Lambda):
            given = [node.value]
        for expression in given:
            names = [n.id for n in ast.walk(expression) if isinstance(n, ast.Name)]
            texts = [n.value for n in ast.walk(expression) if isinstance(n, ast.Constant)]
            found += [text for text in [*texts, *map(known.get, names)] if isinstance(text, str)]
    return found


def n_open(parsed: Any) -> int:
    """Count the unbounded repetitions on the worst path through a pattern; digits end clearly and do not count."""
    total = 0
    for kind, value in parsed:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            _, most, inner = value
            digits = "CATEGORY_DIGIT" in str(inner) and len(inner) == 1
            unbounded = most > 10 and not digits
            assert not (unbounded and n_open(inner)), "a repetition of repetitions"
            total += unbounded + n_open(inner)
        elif name == "SUBPATTERN":
            total += n_open(value[3])
        elif name == "BRANCH":
            total += max(n_open(branch) for branch in value[1])
        elif name in ("ASSERT", "ASSERT_NOT"):
            total += n_open(value[1])
    return total


def test_nothing_that_judges_searches_the_text_of_an_answer() -> None:
    found = {str(path): reads_of_text(tree) for path, tree in trees()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("line", ['re.search("a", s.source)', '"a" in seen.source', "s.answer.source.splitlines()"])
def test_a_search_of_the_text_would_be_found(line: str) -> None:
    assert reads_of_text(ast.parse(line))


def test_patterns_over_messages_and_lines_have_one_open_repetition_at_most() -> None:
    found = [(str(path), pattern) for path, tree in trees() for pattern in patterns(tree)]
    assert len(found) > 50
    assert [(path, p) for path, p in found if n_open(re._parser.parse(p)) > 1] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("pattern", ["a.*b.*c", r"^\s*\w+=", "(a|b.*)x.*"])
def test_a_pattern_with_two_open_repetitions_would_be_found(pattern: str) -> None:
    (found,) = patterns(ast.parse(f"raises(s, {pattern!r})"))
    assert n_open(re._parser.parse(found)) > 1  # type: ignore[attr-defined]


# ---------------------------------------------------------------- what judging hostile answers takes

TEXTS = {
    "empty lines and dashes": "\n" * 300 + "a=" + "-" * 3000,
    "equals signs": "=" * 10_000,
    "empty lines": "\n" * 10_000,
    "statements": "a=1;" * 5000,
    "names": "a," * 10_000,
    "numbers": ".1," * 6600,
    "clones": "a=b.clone(c-lr);" * 1250,
    "sums": "while 1:\n" + " a+=a.backward();a=a+sum(b)\n" * 690,
    "subscripts": "h[h>0]=0;" * 2200,
    "indented": "if a:\n" + " if b: c\n" * 2000,
    "brackets": "(" * 10_000 + ")" * 10_000,
    "nested": "(" * 90 + "a" + ",)" * 90,
    "attributes": "a" + ".b" * 9999,
    "negations": "not " * 5000,
    "lambdas": "lambda:" * 2800,
    "otherwise": "if a: b\n" + "elif a: b\n" * 1999,
    **{mark: mark * 20_000 for mark in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\f"},
}


SOURCES = [text[:MAX_SOURCE] for text in TEXTS.values()]
SOURCES += [f'def f():\n    r"""{text}\n    """\n    return 1'[:MAX_SOURCE] for text in TEXTS.values()]


def _bounded(function: Callable[..., Any], position: int) -> Callable[..., Any]:
    def bounded(*args: Any, **kwargs: Any) -> Any:
        ours = sys._getframe(1).f_globals["__name__"].startswith("course.")
        assert not ours or len(args[position]) <= MAX_SEARCHED, f"{args[0]!r} over {len(args[position])} characters"
        return function(*args, **kwargs)

    return bounded


@contextlib.contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Count the calls that Python makes in the block; fail if a pattern is given more than a message."""
    n = [0]

    def count(frame: FrameType, event: str, argument: Any) -> None:
        n[0] += event in ("call", "c_call")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("search", "match", "fullmatch", "findall", "finditer", "split", "sub"):
            patch.setattr(re, name, _bounded(getattr(re, name), 2 if name == "sub" else 1))
        sys.setprofile(count)
        try:
            yield n
        finally:
            sys.setprofile(None)


def stuck(exercise: Exercise, question: Question) -> Answer:
    """Return an answer with everything right except what a training loop would change, so that conditions go far."""
    answer = Answer(facts={"passes": {}, "moved": [], "filled": [], "saved": ["output"], "order": [], "calls": {}})
    right = exercise.right(question)
    for name, value in right.items():
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            continue
        if name == "losses":
            array = np.full(int(question.options["steps"]), array[0])
        answer.values[name] = describe(array if array.ndim else float(array))
    for name, value in question.inputs.items():
        answer.values[name] = describe(value.astype(question.dtype))
    return answer


def raised(text: str) -> Failure:
    return Failure("raised", "RuntimeError", text[:600], text[:200], 1)


@functools.cache
def telling() -> list[str]:
    """Return the four sources with the most syntax nodes, and one that cannot be parsed."""
    return [*sorted(SOURCES, key=lambda text: len(code_of(text).nodes))[-4:], SOURCES[0]]


def test_what_a_text_says_takes_work_in_proportion_to_its_length() -> None:
    parts = [name for name, part in vars(Code).items() if isinstance(part, functools.cached_property)]
    for text in SOURCES:
        with counted_calls() as n:
            code = code_of(text)
            for name in parts:
                getattr(code, name)
            for sign in (adds_up_losses, clears_before_update, rebinds, uses_up):
                sign(code)
            is_untouched(text), raises_not_implemented(text), branches_on(text, "a")
        assert n[0] < 200 * MAX_SOURCE, (n, text[:40])


def test_what_cannot_be_parsed_says_nothing() -> None:
    assert code_of("(" * 10_000).nodes == code_of("a" + ".b" * 9999).nodes == code_of("a\0").nodes == ()
    assert code_of("\ud800").nodes == code_of("a = 1\n" * MAX_SOURCE).nodes == ()


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda e: e.id)
def test_telling_mistakes_of_hostile_answers_apart_takes_bounded_work(exercise: Exercise) -> None:
    (question, *_) = exercise.questions(5)
    try:
        answer = stuck(exercise, question)
    except (KeyError, AttributeError, StopIteration):  # the expected values depend on what the student built
        answer = Answer()
    truth = {**question.inputs, **{name: v.array for name, v in answer.values.items() if v.array is not None}}
    answers = [Answer(failure=raised(text), source=text, facts=answer.facts) for text in TEXTS.values()]
    answers += [replace(answer, source=text) for text in telling()]
    for given in answers:
        with counted_calls() as n:
            for mistake in exercise.mistakes:
                mistake.shows(Observation(question, given, truth, ()), mistake.rows[0] if mistake.rows else "losses")
        assert n[0] < 200 * MAX_SOURCE, (n, given.source[:40])
