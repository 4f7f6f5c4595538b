"""Mend a damaged notebook by matching its cells with those of the release; nothing a student wrote is lost."""

from __future__ import annotations

from functools import cached_property

from nbformat.notebooknode import NotebookNode

from course.grading.assignment import is_scored_automatically
from course.grading.cell import Raw, claimed_name, copied, is_same, is_words, name_of, names_bound, new_cell, squeezed
from course.grading.reading import source_of
from course.grading.release import Release
from course.language import later, listed, say
from course.lessons.stated import CHECK

# Messages about cells, in the order in which they are reported.
LOST = later("lost, and put back as handed out: {names}")
UNMARKED = later("recognised by its content, because its metadata was lost: {names}")
TYPE = later("of another cell type, and set back: {names}")
SEVERAL = later("present more than once: {names}")
ABOVE = later("present more than once, and the last one above its check counts: {names}")
JOINED = later("present more than once, and shown as one: {names}")
MERGED = later("merged into the cell of another answer, where it stays: {names}")
ELSEWHERE = later("taken from another cell, because its own was left blank: {names}")
CHANGED = later("locked but changed, and put back as handed out: {names}")
KEPT = later("locked but changed, and put back; what was written there is in a cell of its own above: {names}")
WORDS = later(
    "left blank, while the student's own words are elsewhere: they are shown there, for a person to decide: {names}"
)
PICTURE = later("with a picture that is not shown: look at the notebook as handed in: {names}")


class Mending:
    """Matches submitted cells with released ones: by their mark, the `grade_id`, or else by their text."""

    def __init__(self, release: Release, cells: list[Raw]) -> None:
        self.release = release
        self.named = release.named
        self.cells = cells
        self.sources = [source_of(cell) for cell in cells]
        self.squeezed = [squeezed(source) for source in self.sources]
        self.bound: dict[int, frozenset[str]] = {}  # names that a submitted cell binds, which are looked up repeatedly
        self.claims = self._claims()
        self.owner: dict[int, str] = {}  # position of a submitted cell -> the released cell it stands for
        self.given: dict[str, str] = {}  # text of a released cell, if not that of its owner
        self.dropped: set[int] = set()  # blanks beside an answer: run after it, they would overwrite it
        kinds = (LOST, UNMARKED, TYPE, SEVERAL, ABOVE, JOINED, MERGED, ELSEWHERE, CHANGED, KEPT, WORDS, PICTURE)
        self.told: dict[str, list[str]] = {kind: [] for kind in kinds}

    def _claims(self) -> dict[str, list[int]]:
        """Return the positions of each released cell's mark, or of its id if no cell has the mark."""
        found: dict[str, list[int]] = {name: [] for name in self.named}
        ids: dict[str, list[int]] = {name: [] for name in self.named}
        for i, cell in enumerate(self.cells):
            name, cell_id = claimed_name(cell), cell.get("id")
            if name in found:
                found[name].append(i)
            elif not name and isinstance(cell_id, str) and cell_id in ids:
                ids[cell_id].append(i)
        return {name: places or ids[name] for name, places in found.items()}

    def mend(self) -> tuple[tuple[NotebookNode, ...], tuple[str, ...]]:
        """Return clean cells, in the student's order, and descriptions of what had to be mended."""
        answers = [n for n, c in self.named.items() if c.metadata.nbgrader.solution]
        code = [n for n in answers if self.named[n].cell_type == "code"]
        for name in self.named:
            if name not in answers:
                self._match_given(name)
        for name in code:
            self._match_answer(name)
        for name in answers:
            if name not in code:
                self._match_written(name)
        made = [new for i in range(len(self.cells)) if i not in self.dropped for new in self._made(i)]
        for name in self.named:
            if name not in self.owner.values():
                if name not in self.given:
                    self.told[LOST].append(name)
                self._put_back(made, name)
        told = [say(kind, names=listed(f"`{n}`" for n in names)) for kind, names in self.told.items() if names]
        return tuple(made), tuple(told)

    def _own(self, name: str, at: int) -> None:
        self.owner[at] = name
        if claimed_name(self.cells[at]) != name:
            self.told[UNMARKED].append(name)
        elif self.cells[at].get("cell_type") != self.named[name].cell_type:
            self.told[TYPE].append(name)

    def _free(self) -> list[int]:
        """Return the positions of cells that are neither matched nor marked."""
        claimed = {i for places in self.claims.values() for i in places}
        return [i for i in range(len(self.cells)) if i not in self.owner and i not in claimed]

    def _match_given(self, name: str) -> None:
        """Find the cell submitted for a released one that holds no answer."""
        released = self.named[name]
        places = self.claims[name]
        text = squeezed(released.source)
        if not places:
            same = [i for i in self._free() if self.squeezed[i] == text]
            places = same or [i for i in self._free() if self._has_lines_of(i, released)]
        if len(places) > 1:
            self.told[SEVERAL].append(name)
        if places:
            self._own(name, next((i for i in places if self.squeezed[i] == text), places[0]))

    def _has_lines_of(self, i: int, released: NotebookNode) -> bool:
        """Return whether a code cell that lost its mark keeps most lines of a released one, and defines no answer."""
        if released.cell_type != "code" or self.cells[i].get("cell_type") != "code":
            return False
        lines = {line for line in map(squeezed, released.source.splitlines()) if line}
        return 2 * len(lines & self._kept[i]) > len(lines) and not self._names(i) & set(self.named)

    @cached_property
    def _kept(self) -> list[set[str]]:
        """The lines of the release, without white space, that are in each submitted cell."""
        lines = {squeezed(line) for cell in self.named.values() for line in cell.source.splitlines()}
        return [lines.intersection(map(squeezed, source.splitlines())) for source in self.sources]

    def _match_answer(self, name: str) -> None:
        """Choose the cell that holds a code answer: the definition that its check sees when run from top to bottom."""
        blank = squeezed(self.named[name].source)
        claiming = [i for i in self.claims[name] if i not in self.owner]
        worked = [i for i in claiming if self.squeezed[i] not in ("", blank)]
        elsewhere = not worked
        if elsewhere:
            worked = [i for i in range(len(self.cells)) if i not in self.owner and self._answers(i, name)]
        worked = [i for i in worked if name in self._names(i)] or worked
        check = next((i for i, n in self.owner.items() if n == CHECK + name), len(self.cells))
        above = [i for i in worked if i < check]
        if not worked and not claiming:
            if other := next((self.owner[i] for i in self.owner if name in self._names(i)), ""):
                self.given[name] = say("# This answer is in the cell `{other}`.", other=other)
                self.told[MERGED].append(name)
            return
        chosen = above[-1] if above else worked[0] if worked else claiming[0]
        if worked:
            self.dropped |= {i for i in claiming if i != chosen and self.squeezed[i] in ("", blank)}
        if len(claiming) > 1:
            self.told[ABOVE if len(worked) > 1 else SEVERAL].append(name)
        if elsewhere and worked and claiming:
            self.owner[chosen] = name
            self.told[ELSEWHERE].append(name)
        else:
            self._own(name, chosen)

    def _names(self, i: int) -> frozenset[str]:
        if i not in self.bound:
            self.bound[i] = names_bound(self.sources[i], strictly=self.cells[i].get("cell_type") != "code")
        return self.bound[i]

    def _answers(self, i: int, name: str) -> bool:
        """Return whether a cell without an exercise's mark defines it, and is neither released nor another answer."""
        if name not in self.sources[i] or self.squeezed[i] in self.release.squeezed:
            return False
        other = claimed_name(self.cells[i])
        return name in self._names(i) and not (other in self.named and other in self._names(i))

    def _match_written(self, name: str) -> None:
        """Find a written answer. Text that may be one waits for a person: it is never treated as a blank."""
        released = self.named[name]
        blank = squeezed(released.source)
        title = released.source.strip().partition("\n")[0]
        claiming = [i for i in self.claims[name] if i not in self.owner]
        places = [i for i in claiming if self.squeezed[i] not in ("", blank)]
        words: dict[int, str] = {}
        if not places:
            words = self._own_words()
            places = [i for i in words if self.sources[i].strip().startswith(title)]
            alone = len(words) == 1 and list(words.values()) == [self.sources[i].strip() for i in words]
            if alone and not places and not claiming:
                places = list(words)
        if places:
            self._own(name, places[0])
            if len(places) > 1:
                self.given[name] = "\n\n".join(self.sources[i] for i in places)
                self.told[JOINED].append(name)
        else:
            blanks = claiming or [i for i in self._free() if self.squeezed[i] == blank]
            if blanks:
                self._own(name, blanks[0])
            if words:
                self.given[name] = "\n\n".join([title, *words.values()])
                self.told[WORDS].append(name)
        if any(owned == name and "](attachment:" in self.sources[i] for i, owned in self.owner.items()):
            self.told[PICTURE].append(name)

    def _own_words(self) -> dict[int, str]:
        """Return prose that is not from the release, by cell; words in a code cell below all checks are prose too."""
        last = max((i for i, n in self.owner.items() if n.startswith(CHECK)), default=-1)
        found = {}
        for i, cell in enumerate(self.cells):
            if (
                i in self.owner
                or i in self.dropped
                or not self.squeezed[i]
                or self.squeezed[i] in self.release.squeezed
            ):
                continue
            if cell.get("cell_type") == "code" and (i < last or not is_words(self.sources[i])):
                continue
            lines = self.sources[i].splitlines()
            if any(squeezed(line) not in self.release.lines for line in lines if line.strip()):
                kept = [line for line in lines if not line.strip() or squeezed(line) not in self.release.lines]
                found[i] = "\n".join(kept).strip()
        return found

    def _made(self, i: int) -> list[NotebookNode]:
        """Return a cell's clean cells: the released one with the student's text, one of the student's own, or both."""
        name, source = self.owner.get(i), self.sources[i]
        if name is None:
            return [self._plain(i, source)]
        made = copied(self.named[name])
        if made.metadata.nbgrader.solution:
            made.source = self.given.get(name, source)
            return [made]
        if is_same(source, made.source, made.cell_type):
            return [made]
        own = self._without_checks(source)
        # a check that keeps its last line is from an earlier release: what is above it was not changed by the student
        if own or not (made.metadata.nbgrader.grade and made.source.split("\n")[-1] in source.split("\n")):
            self.told[KEPT if own else CHANGED].append(name)
        return [self._plain(i, own), made] if own else [made]

    def _without_checks(self, source: str) -> str:
        """Return what a student wrote into a released cell, without lines of checks, which are run anyway."""
        kept = [line for line in source.split("\n") if line.replace("'", '"').strip() not in self._checks]
        own = "\n".join(kept).strip("\n")
        return own if any(line.strip() and not line.strip().startswith("#") for line in kept) else ""

    @cached_property
    def _checks(self) -> set[str]:
        graded = [c for c in self.named.values() if is_scored_automatically(c)]
        return {line.strip() for cell in graded for line in cell.source.split("\n") if line.strip()}

    def _plain(self, i: int, source: str) -> NotebookNode:
        kind = str(self.cells[i].get("cell_type"))
        made = new_cell(kind if kind in ("code", "raw") else "markdown", source, f"own-{i}")
        if kind == "code" and squeezed(source) in self.release.demonstrations:
            made.metadata["tags"] = ["demonstration"]
        return made

    def _put_back(self, made: list[NotebookNode], name: str) -> None:
        """Insert a lost cell: a check after its answer, others after every cell that precedes them in the release."""
        order = list(self.named)
        places = {name_of(c): i for i, c in enumerate(made) if "nbgrader" in c.metadata}
        before = [places[n] for n in order[: order.index(name)] if n in places]
        answer = places.get(name.removeprefix(CHECK), max(before, default=-1))
        cell = copied(self.named[name])
        cell.source = self.given.get(name, cell.source)
        made.insert(answer + 1, cell)
