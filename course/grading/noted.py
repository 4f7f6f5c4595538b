"""What is noted of an answer that did not pass, for the report on the class: no student code runs for that again."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from course.errors import plain
from course.exercise import Verdict
from course.grading.cell import by_name
from course.grading.submission import Submission
from course.judging.text import detail_of
from course.language import using
from course.runner.syntax import MAX_SOURCE, last_name, targets, tree_of, walk

# Enough to recognise a mistake by; a record holds one for each wrong answer of a class.
MAX_LINES, MAX_WIDTH, MAX_SAID = 10, 120, 300


def noted_in(submission: Submission, verdicts: Mapping[str, Verdict]) -> dict[str, dict[str, str]]:
    """Return for each exercise that was attempted and did not pass what is noted of its answer.

    That is the first wrong "quantity", what the check "said", and the "line" or lines that show it; each may be "".
    """
    if submission.unreadable:
        return {}
    texts = {name: cell.source for name, cell in by_name(submission.cells).items()}
    wrong = {n: v for n, v in verdicts.items() if not v.passed and v.outcome != "not_attempted"}
    with using(submission.language):
        return {name: _noted(verdict, texts.get(name, "")) for name, verdict in wrong.items()}


def _noted(verdict: Verdict, source: str) -> dict[str, str]:
    quantity = verdict.first_wrong.name if verdict.first_wrong else ""
    failed = verdict.failure.line.partition("#")[0] if verdict.failure else ""
    said = plain(detail_of(verdict))[:MAX_SAID]
    line = _cut(failed or _lines_of(source, quantity.partition(" ")[0]))
    return {"quantity": quantity, "said": said, "line": line}


def _lines_of(source: str, name: str) -> str:
    """Return what gives a name its value, else the loop of an answer, else what it returns; comments are left out."""
    tree = tree_of(source[:MAX_SOURCE])
    if tree is None:
        return ""
    nodes = list(walk(tree))
    loops = [node for node in nodes if isinstance(node, ast.For | ast.While)]
    returns = [node for node in nodes if isinstance(node, ast.Return)]
    chosen: list[ast.AST] = [*loops[:1]] or [node for node in nodes if name in _given(node)] or [*returns[-1:]]
    try:
        return "\n".join(ast.unparse(node) for node in chosen)
    except RecursionError:
        return ""


def _given(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement gives a value to, or changes by a method with an underscore at its end."""
    for target in targets(node):
        yield last_name(target.value if isinstance(target, ast.Subscript) else target)
    called = node.value if isinstance(node, ast.Expr) else None
    while isinstance(called, ast.Call | ast.Attribute):
        if isinstance(called, ast.Attribute) and called.attr.endswith("_"):
            yield last_name(called.value)
        called = called.func if isinstance(called, ast.Call) else called.value


def _cut(text: str) -> str:
    lines = [plain(line.rstrip())[:MAX_WIDTH] for line in text.splitlines()]
    return "\n".join([*lines[:MAX_LINES], *(["…"] if len(lines) > MAX_LINES else [])])
