"""Find lines of a solution in text that students can read."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from course.building.lesson import Lesson
from course.regions import SOLUTION, regions

# Shorter lines (`losses = []`, `return loss`) occur in any answer and give nothing away.
_SHORTEST = 14
# Whole lines that reveal nothing about their exercise, or that the lessons teach by name as one call.
_COMMON_LINES = frozenset(
    {
        "super().__init__()",
        "loss.backward()",
        "optimizer.step()",
        "optimizer.zero_grad()",
        "model.zero_grad()",
        "withtorch.no_grad():",
        "losses.append(loss)",
        "losses.append(loss.item())",
        "forstepinrange(steps):",
        "for_inrange(steps):",
    }
)


def solution_lines(lesson: Lesson) -> dict[str, list[str]]:
    """Return the revealing lines of each exercise's solution, without whitespace and comments."""
    found = {}
    for cell in lesson.cells:
        if cell.role == "exercise":
            lines = [normal for region in regions(cell.source, SOLUTION) for normal in revealing_lines(region)]
            found[cell.name] = list(dict.fromkeys(lines))
    return found


def revealing_lines(code: str) -> Iterator[str]:
    """Yield, normalised, the lines of a piece of code that reveal something about the answer."""
    for line in code.split("\n"):
        normal = normalised(line)
        if len(normal) >= _SHORTEST and normal not in _COMMON_LINES and not _returns_names(normal):
            yield normal


def normalised(line: str) -> str:
    """Return a line of code without its comment and without whitespace."""
    return re.sub(r"\s+", "", _without_comment(line))


def _without_comment(line: str) -> str:
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.strip()).readline):
            if token.type == tokenize.COMMENT:
                return line.strip()[: token.start[1]]
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass  # The line is part of a longer statement: an open bracket or string ends tokenization early.
    return line


def _returns_names(normal: str) -> bool:
    """Return whether a line only returns or unpacks plain names, which the docstring reveals anyway."""
    names = normal.removeprefix("return")
    try:
        tree = ast.parse(names, mode="eval").body
    except SyntaxError:
        return False
    parts = tree.elts if isinstance(tree, ast.Tuple) else [tree]
    return all(isinstance(part, ast.Name) for part in parts)


def leaks(lines: dict[str, list[str]], text: str) -> list[tuple[str, str]]:
    """Return (exercise, line) for each solution line that occurs in a text, ignoring spaces."""
    squeezed = re.sub(r"[^\S\n]+", "", text)
    return [(name, line) for name, telling in lines.items() for line in telling if line in squeezed]
