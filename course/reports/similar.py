"""Find answers of a class that share what hardly anybody else wrote: something to look at, never a finding. Pure.

Blanks are short, and most right answers look alike. So only what is rare in the class counts, and nothing that is in
the handed-out notebooks or the banks. The form of a statement ignores names, the order of statements and operands,
comments and the notation of numbers; rare comments and names count separately.
"""

from __future__ import annotations

import ast
import io
import itertools
import math
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from course.runner.syntax import MAX_SOURCE, is_text, tree_of, walk

# Shorter forms, names and comments are ignored, as too common.
MIN_FORM, MIN_NAME, MIN_COMMENT = 30, 4, 12
# A trait that more share (a fraction of the answers, but FEW at least and MOST at most) says nothing about two of them.
WIDELY, FEW, MOST = 0.04, 4, 30
# A pair is listed if its evidence exceeds, by this much, what one pair of the whole class would reach by chance.
MARGIN_BITS = 8.0
# Right answers are alike because they are right; wrong ones need another reason.
WRONG_BITS = 2.0
# A string literal, up to its end or, where that was cut off, to that of the line. An f-string may hold quotes of its
# own, so it takes the rest of the line; one in triple quotes takes all that follows.
LITERAL = re.compile(r"""(\"{3}|'{3})(?s:.*)|(?<=[fFtTrR])(['"]).*|(['"])(?:\\.|(?!\3).)*(?:\3|$)""", re.M)
# In place of an exercise: a trait that counts in the whole lesson.
ANYWHERE = ""

Trait = tuple[str, str, str]  # kind, exercise (or ANYWHERE), what


@dataclass(frozen=True)
class Answer:
    """One student's answer to an exercise. passed: whether it passed the check."""

    student: str
    exercise: str
    source: str
    passed: bool = True


@dataclass(frozen=True)
class Shared:
    """A trait that students share. kind: "answer", "line", "comment" or "name". n: how many of the `of` have it."""

    kind: str
    exercise: str
    text: str
    n: int
    of: int
    wrong: bool = False


@dataclass(frozen=True)
class Group:
    """Students who each share rare traits with another of them. bits, shared: of the pair that shares most."""

    students: tuple[str, ...]
    bits: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True)
class Variety:
    """How alike the answers to an exercise are, as counts. forms: distinct. most: of the commonest. alone: unique."""

    exercise: str
    answers: int
    forms: int
    most: int
    alone: int


@dataclass(frozen=True)
class Similar:
    """The similarities in a lesson."""

    lesson: str
    students: int
    exercises: tuple[Variety, ...]
    groups: tuple[Group, ...]


def traits_of(exercise: str, source: str) -> dict[Trait, str]:
    """Return the traits that an answer may share with another, each with the text to show; {} for invalid Python."""
    return {(kind, exercise if kind in ("answer", "line") else ANYWHERE, what): t for kind, what, t in _traits(source)}


@cache
def _traits(source: str) -> tuple[tuple[str, str, str], ...]:
    tree = tree_of(source[:MAX_SOURCE])
    if tree is None:
        return ()
    nodes = list(walk(tree))
    own = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    own |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    try:
        forms = [(_form(n, own), n) for n in nodes if isinstance(n, ast.stmt) and not is_text(n)]
    except RecursionError:
        return ()
    text = source.replace("\r", "\n").split("\n")
    lines = {form: "".join(text[n.lineno - 1 : n.lineno]).strip() for form, n in forms if len(form) >= MIN_FORM}
    found = [("line", form, line) for form, line in lines.items()]
    whole = "\n".join(sorted(form for form, _ in forms))
    if lines:
        found.append(("answer", whole, ""))
    kept = own | {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)}
    found += [("name", name, name) for name in sorted(kept) if len(name) >= MIN_NAME]
    said = {"".join(c for c in text.casefold() if c.isalnum()): text for text in _said(source, nodes)}
    return (*found, *(("comment", words, text) for words, text in said.items() if len(words) >= MIN_COMMENT))


def _form(node: ast.AST, own: set[str]) -> str:
    """Return a node's normal form: without the student's names, the order of operands and nested statements."""

    def form(node: ast.AST) -> str:
        match node:
            case ast.Name(id=name):
                return "_" if name in own else name
            case ast.arg():
                return "_"
            case ast.Constant(value=value):
                return repr(float(value)) if isinstance(value, int | float) and abs(value) < 2**53 else repr(value)[:99]
            case ast.Attribute(value=ast.Name(id="self")):
                return "self._"
            case ast.Attribute(value=value, attr=attr):
                return f"{form(value)}.{attr}"
            case ast.BinOp(left=left, op=ast.Add() | ast.Mult() as op, right=right):
                return f"{type(op).__name__}({','.join(sorted((form(left), form(right))))})"
            case ast.AugAssign(target=target, op=op, value=value):
                load = ast.BinOp(target, op, value)
                return f"Assign({form(target)},{form(load)})"
            case ast.AnnAssign(target=target, value=value):
                return f"Assign({form(target)},{form(value) if value else ''})"
            case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE() as op], comparators=[right]):
                return f"Compare({form(right)},{'Lt()' if isinstance(op, ast.Gt) else 'LtE()'},{form(left)})"
            case ast.FunctionDef(args=args):
                return f"def {len(args.args)}"
        inside = (ast.stmt, ast.expr_context, ast.ExceptHandler)
        parts = [form(child) for child in ast.iter_child_nodes(node) if not isinstance(child, inside)]
        name = getattr(node, "arg", None) or ""
        return f"{type(node).__name__}{name}({','.join(parts)})"

    return form(node)


def _said(source: str, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the comments and string literals of an answer."""
    yield from (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.string.lstrip("# ")
    except (tokenize.TokenError, SyntaxError):
        return


def similar(lesson: str, answers: Sequence[Answer], known: Iterable[tuple[str, str]] = ()) -> Similar:
    """Return which students of a class share what is rare in it.

    known: (exercise, source) of code that anybody may have: the notebook handed out, the reference, the banks.
    """
    common = {trait for exercise, source in known for trait in traits_of(exercise, source)}
    who: dict[Trait, dict[str, str]] = defaultdict(dict)
    n_answers: Counter[str] = Counter()
    wrong = {(a.student, a.exercise) for a in answers if not a.passed}
    for answer in answers:
        traits = traits_of(answer.exercise, answer.source)
        n_answers[answer.exercise] += bool(traits)
        for trait, text in traits.items():
            who[trait][answer.student] = text
    n_students = n_answers[ANYWHERE] = len({a.student for a in answers})
    pairs: dict[tuple[str, str], list[Trait]] = defaultdict(list)
    for trait, students in who.items():
        n = n_answers[trait[1]]
        if trait not in common and 2 <= len(students) <= min(MOST, max(FEW, WIDELY * n)):
            for pair in itertools.combinations(sorted(students), 2):
                pairs[pair].append(trait)

    def bits(trait: Trait, pair: tuple[str, str]) -> float:
        rare = math.log2(n_answers[trait[1]] / len(who[trait]))
        both_wrong = trait[0] == "answer" and all((s, trait[1]) in wrong for s in pair)
        return rare + (WRONG_BITS if both_wrong else 0.0)

    least = math.log2(max(1, math.comb(n_students, 2))) + MARGIN_BITS
    listed = {p: b for p, traits in pairs.items() if (b := evidence(traits, lambda t, p=p: bits(t, p))) >= least}  # type: ignore[misc]

    def shared(pair: tuple[str, str]) -> tuple[Shared, ...]:
        found = []
        whole = {exercise for kind, exercise, _ in pairs[pair] if kind == "answer"}
        for kind, exercise, what in pairs[pair]:
            if kind == "line" and exercise in whole:
                continue
            of, n = n_answers[exercise], len(who[kind, exercise, what])
            is_wrong = bool(exercise) and all((s, exercise) in wrong for s in pair)
            found.append(Shared(kind, exercise, who[kind, exercise, what][pair[0]], n, of, is_wrong))
        return tuple(sorted(found, key=lambda s: (s.exercise, s.kind, s.n, s.text)))

    groups = tuple(Group(tuple(sorted(members)), listed[best], shared(best)) for members, best in _together(listed))
    return Similar(lesson, n_students, _varieties(answers, who, n_answers), groups)


def code_only(text: str) -> str:
    """Return lines of code without what their string literals and comments say."""
    return re.sub(r"#.*", "…", LITERAL.sub(r"\1\2\3…\1\2\3", text))


def without_names(found: Similar, name: Callable[[str], str]) -> Similar:
    """Return the same with pseudonyms for students, and without their comments, names and string literals."""

    def hidden(shared: Shared) -> Shared:
        return replace(shared, text=code_only(shared.text) if shared.kind == "line" else "")

    groups = (Group(tuple(sorted(map(name, g.students))), g.bits, tuple(map(hidden, g.shared))) for g in found.groups)
    return replace(found, groups=tuple(groups))


def evidence(traits: Iterable[Trait], bits: Callable[[Trait], float]) -> float:
    """Return the weight, in bits, of the traits that two students share: the rarer, the more.

    Traits found together are not independent: of the lines of an answer, and of the names and the comments of a lesson,
    each further one counts half as much as the one before. A form that recurs in another exercise counts once.
    """
    of_kind: dict[tuple[str, str], list[float]] = defaultdict(list)
    seen = set[str]()
    for trait in sorted(traits, key=bits, reverse=True):
        if trait[2] not in seen:
            seen.add(trait[2])
            of_kind["line" if trait[0] == "answer" else trait[0], trait[1]].append(bits(trait))
    return sum(b / 2**i for found in of_kind.values() for i, b in enumerate(sorted(found, reverse=True)))


def _together(listed: Mapping[tuple[str, str], float]) -> list[tuple[set[str], tuple[str, str]]]:
    """Return the groups that connected pairs form, each with the pair that shares most; the strongest first."""
    groups: list[tuple[set[str], tuple[str, str]]] = []
    for pair in sorted(listed, key=lambda p: (-listed[p], p)):
        touched = [g for g in groups if g[0] & set(pair)]
        groups = [g for g in groups if g not in touched]
        groups.append((set(pair).union(*(g[0] for g in touched)), touched[0][1] if touched else pair))
    return sorted(groups, key=lambda g: (-listed[g[1]], g[1]))


def _varieties(
    answers: Iterable[Answer], who: Mapping[Trait, Mapping[str, str]], n_answers: Mapping[str, int]
) -> tuple[Variety, ...]:
    found = []
    for exercise in dict.fromkeys(a.exercise for a in answers):
        sizes = [len(students) for (kind, e, _), students in who.items() if (kind, e) == ("answer", exercise)]
        alone = sum(size == 1 for size in sizes)
        found.append(Variety(exercise, n_answers[exercise], len(sizes), max(sizes, default=0), alone))
    return tuple(found)
