"""Measure how well `course similar` tells planted copies from independent answers: ``python -m benchmarks.similar``.

The banks' right answers to an exercise were each written differently, so a class in which each has one student has no
copies. To it is added one more student, with another's answers in disguise. Then a class of a thousand is timed.
"""

from __future__ import annotations

import ast
import random
import time

from course.bank import answers
from course.building import reference_cells
from course.building.built_notebooks import REPOSITORY
from course.lessons import LESSONS, exercises_of
from course.reports.similar import Answer, similar

N_STUDENTS = 1000


def independent(lesson: str) -> list[Answer]:
    """Return a class whose n-th student has the n-th right answer of the bank to each exercise that has at least n."""
    texts = {e.id: [a.source for a in answers(REPOSITORY, e.id) if a.kind == "right"] for e in exercises_of(lesson)}
    return [
        Answer(f"s{n:02d}", exercise, source) for exercise, found in texts.items() for n, source in enumerate(found)
    ]


def reference(lesson: str) -> list[tuple[str, str]]:
    return [(f"{lesson}.{name}", source) for name, source in reference_cells(lesson, REPOSITORY).items()]


def disguised(source: str) -> str:
    """Return an answer with other names and comments, and independent neighbouring assignments in another order."""
    tree = ast.parse(source)
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        own = _stored(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in own:
                node.id = f"my_{node.id[::-1]}"
        body = function.body
        for i, (one, other) in enumerate(zip(body, body[1:], strict=False)):
            both = isinstance(one, ast.Assign) and isinstance(other, ast.Assign)
            if both and not _stored(one) & _names(other) and not _stored(other) & _names(one):
                body[i], body[i + 1] = other, one
    return f"# every line of this is my own\n{ast.unparse(tree)}"


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _stored(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def large(lesson: str) -> list[Answer]:
    """Return a class of a thousand in which some answers of the bank are frequent, each with a unique comment."""
    chance, found = random.Random(0), []
    for exercise in exercises_of(lesson):
        bank = answers(REPOSITORY, exercise.id)
        for n in range(N_STUDENTS):
            answer = bank[int(len(bank) * chance.random() ** 2.5)]
            source = f"{answer.source}\n# {chance.random()}"
            found.append(Answer(f"s{n:03d}", exercise.id, source, answer.kind == "right"))
    return found


def main() -> None:
    print("| lesson | students | pairs listed among independent ones | copies found | a class of 1000, processor s |")
    print("|---|---|---|---|---|")
    for lesson in LESSONS:
        klass, known = independent(lesson), reference(lesson)
        own = {s: [a for a in klass if a.student == s] for s in sorted({a.student for a in klass})}
        whole = [s for s, given in own.items() if len(given) == len(exercises_of(lesson))]
        n_found = 0
        for student in whole:
            copy = [Answer("copy", a.exercise, disguised(a.source)) for a in own[student]]
            n_found += [g.students for g in similar(lesson, klass + copy, known).groups] == [("copy", student)]
        many = large(lesson)
        began = time.process_time()
        similar(lesson, many, known)
        took = time.process_time() - began
        n_listed = len(similar(lesson, klass, known).groups)
        print(f"| `{lesson}` | {len(own)} | {n_listed} | {n_found} of {len(whole)} | {took:.1f} |")


if __name__ == "__main__":
    main()
