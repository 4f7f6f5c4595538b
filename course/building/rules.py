"""The rules of the lesson format: everything the build relies on, checked before a cell is executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from course.building.lesson import Cell, Contract, Lesson
from course.language import all_of, later, listed, say, using
from course.regions import CODE_STUB, HIDDEN_TESTS, MARK_SCHEME, SOLUTION, regions, without_regions

SETUP = "setup"

_ROLES_WITH = {SOLUTION: ("exercise", "written"), HIDDEN_TESTS: ("check",), MARK_SCHEME: ("written",)}
# Five digits, so that a student does not hit a hidden seed by trying small ones.
_HIDDEN = re.compile(r"check\.also\(seed=([1-9]\d{4})\)")


def check_lesson(lesson: Lesson, exercises: Sequence[Contract]) -> None:
    """Raise CourseError at the first rule that the text breaks.

    exercises: those of the registry, in their prescribed order; a text may omit some.
    """
    _check_names(lesson)
    _check_markers(lesson)
    _check_single_cells(lesson)
    _check_exercises(lesson, [exercise.name for exercise in exercises])
    _check_seeds(lesson)
    _check_headings(lesson)
    _check_sections(lesson, exercises)


def headings(lesson: Lesson) -> list[str]:
    """Return the lesson's `##` headings in order; check messages refer students to them."""
    return [heading for cell in lesson.cells if cell.role == "prose" for heading in _headings(cell)]


def _check_names(lesson: Lesson) -> None:
    lines: dict[str, int] = {}
    for cell in lesson.cells:
        if cell.name in lines:
            raise lesson.fault(
                "the cell in line {line} already has this name: names are unique within a lesson.",
                cell,
                line=lines[cell.name],
            )
        lines[cell.name] = cell.line


def _check_markers(lesson: Lesson) -> None:
    for cell in lesson.cells:
        for kind, roles in _ROLES_WITH.items():
            try:
                found = regions(cell.source, kind)
            except ValueError as error:
                raise lesson.fault(str(error), cell) from None
            if found and cell.role not in roles:
                raise lesson.fault(
                    "`BEGIN {kind}` belongs in {roles} cells, and this is a {role} cell: move it.",
                    cell,
                    kind=kind,
                    roles=all_of(roles),
                    role=cell.role,
                )
            if any(not region.strip() for region in found):
                raise lesson.fault("nothing stands between `BEGIN {kind}` and `END {kind}`: fill it.", cell, kind=kind)


def _check_single_cells(lesson: Lesson) -> None:
    code = [cell for cell in lesson.cells if cell.role not in ("prose", "written")]
    setups = [cell for cell in lesson.cells if cell.role == "setup"]
    if len(setups) != 1:
        raise lesson.fault("it has {n} setup cells: write exactly one, before all other code.", n=len(setups))
    if code[0] != setups[0]:
        raise lesson.fault("code stands before the setup cell: move the setup cell before it.", code[0])
    if setups[0].name != SETUP:
        raise lesson.fault('the setup cell is named otherwise: write name="{name}".', setups[0], name=SETUP)

    written = [cell for cell in lesson.cells if cell.role == "written"]
    for cell in written:
        for kind, told in (
            (SOLUTION, later("it needs exactly one `BEGIN {kind}` region: put a model answer between the markers.")),
            (MARK_SCHEME, later("it needs exactly one `BEGIN {kind}` region: put a rubric between the markers.")),
        ):
            if len(regions(cell.source, kind)) != 1:
                raise lesson.fault(told, cell, kind=kind)


def _check_exercises(lesson: Lesson, wanted: list[str]) -> None:
    for index, cell in enumerate(lesson.cells):
        following = lesson.cells[index + 1] if index + 1 < len(lesson.cells) else None
        if cell.role == "exercise":
            _check_blank(lesson, cell)
            if cell.question is not None:
                if following is not None and following.name == f"check_{cell.name}":
                    raise lesson.fault("`course build` makes the check of a question: delete this cell.", following)
                continue
            if cell.name not in wanted:
                template = later(
                    "the registry knows no such exercise in this lesson: it has {names}. A question of your own says "
                    "what is asked in a line `# question: …` (docs/own-question.md)."
                )
                none = later(
                    "the registry knows no such exercise in this lesson: it has none. A question of your own says "
                    "what is asked in a line `# question: …` (docs/own-question.md)."
                )
                raise lesson.fault(template if wanted else none, cell, names=listed(wanted))
            if following is None or (following.role, following.name) != ("check", f"check_{cell.name}"):
                raise lesson.fault(
                    'its check must follow at once: put `# %% role="check" name="check_{name}"` after it.',
                    cell,
                    name=cell.name,
                )
        elif cell.role == "check":
            before = lesson.cells[index - 1] if index else None
            if before is None or before.role != "exercise" or cell.name != f"check_{before.name}":
                raise lesson.fault("a check stands right after its exercise: move it, or delete it.", cell)
            _check_check(lesson, cell, before.name)

    found = [cell.name for cell in lesson.cells if cell.role == "exercise" and cell.name in wanted]
    in_order = [name for name in wanted if name in found]
    if found != in_order:
        raise lesson.fault(
            "exercises stand in the order {found}: bring them into {wanted}.",
            None,
            found=listed(found),
            wanted=listed(in_order),
        )


def _check_blank(lesson: Lesson, cell: Cell) -> None:
    """Check an exercise cell, both with its solution and as students will get it."""
    if not regions(cell.source, SOLUTION):
        raise lesson.fault("it has no solution: put it between `### BEGIN SOLUTION` and `### END SOLUTION`.", cell)
    _parse(lesson, cell, cell.source, later("not valid Python with its solution (line {line} of the cell: {why})."))
    blank = _parse(
        lesson,
        cell,
        without_regions(cell.source, SOLUTION, CODE_STUB),
        later("not valid Python as students get it (line {line} of the cell: {why})."),
    )
    named = [node for node in blank.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == cell.name]
    if not named:
        raise lesson.fault(
            "students would get no `def {name}` or `class {name}`: keep that line outside the solution.",
            cell,
            name=cell.name,
        )
    if not ast.get_docstring(named[0]):
        raise lesson.fault(
            "`{name}` has no docstring that students see: write one before the solution.", cell, name=cell.name
        )


def _parse(lesson: Lesson, cell: Cell, source: str, told: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise lesson.fault(told, cell, line=error.lineno, why=error.msg) from None


def _check_check(lesson: Lesson, cell: Cell, exercise: str) -> None:
    hidden = regions(cell.source, HIDDEN_TESTS)
    shown = without_regions(cell.source, HIDDEN_TESTS).strip()
    if len(hidden) != 1 or not _HIDDEN.fullmatch(hidden[0].strip()) or shown != f'check("{exercise}")':
        raise lesson.fault(
            "a check cell holds `check.also(seed=…)` with five digits between `### BEGIN HIDDEN TESTS` and "
            '`### END HIDDEN TESTS`, then `check("{exercise}")`, and nothing else.',
            cell,
            exercise=exercise,
        )


def hidden_seeds(lesson: Lesson) -> dict[str, str]:
    """Return the hidden seed of each check cell, by cell name."""
    seeds = {}
    for cell in lesson.cells:
        if cell.role == "check":
            match = _HIDDEN.search(cell.source)
            if match:
                seeds[cell.name] = match[1]
    return seeds


def _check_seeds(lesson: Lesson) -> None:
    used: dict[str, str] = {}
    for name, seed in hidden_seeds(lesson).items():
        if seed in used:
            cell = next(cell for cell in lesson.cells if cell.name == name)
            raise lesson.fault(
                "seed {seed} is the one of `{other}` too: choose another.", cell, seed=seed, other=used[seed]
            )
        used[seed] = name


def _check_headings(lesson: Lesson) -> None:
    seen: set[str] = set()
    fresh = False
    for cell in lesson.cells:
        if cell.role == "prose":
            for heading in _headings(cell):
                if heading in seen:
                    raise lesson.fault(
                        "the heading `## {heading}` stands twice in the lesson: change one.", cell, heading=heading
                    )
                seen.add(heading)
                fresh = True
        elif cell.role == "exercise":
            if not fresh:
                raise lesson.fault(
                    "no prose cell with a `## heading` of its own comes before this blank: write one.", cell
                )
            fresh = False


def _check_sections(lesson: Lesson, exercises: Sequence[Contract]) -> None:
    known = headings(lesson)
    cells = {cell.name: cell for cell in lesson.cells if cell.role == "exercise"}
    for exercise in exercises:
        with using(lesson.language):
            section = say(exercise.section)
        if section not in known and (cell := cells.get(exercise.name)):
            template = later(
                "its check sends students to `## {section}`, and there is no such heading: write it, or change the "
                "section in {place}. There are: {names}."
            )
            place = "course/lessons" if section == exercise.section else say("the catalogue course.po")
            raise lesson.fault(template, cell, section=section, place=place, names=listed(known))


def _headings(cell: Cell) -> list[str]:
    return re.findall(r"^## +(.+?) *$", cell.source, flags=re.MULTILINE)
