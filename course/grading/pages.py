"""What feedback and formgrader show of a submission: words, and nothing that acts in a reader's browser.

Both pages are made by nbconvert's HTMLExporter with nbgrader's templates. nbconvert's `sanitize_html` cleans outputs,
but nbgrader's templates write prose and names as they come: here they are cleaned. And because no filter of a template
is made for hostile text, what it gets is short: one submission's page keeps nobody waiting for the others'.
`nbgrader_config.py` puts this in.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from html import escape, unescape
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat.notebooknode import NotebookNode

from course.language import say

# Characters shown of one text: a long answer, ten pages, has 20,000.
MOST_OF_A_TEXT = 20_000
# Of all cells that are nbgrader's, so that they are shown however much stands before them; and of all others, of which
# a lesson's own text has some 25,000.
MOST_OF_THE_GRADED, MOST_OF_THE_REST = 500_000, 100_000

# What prose is made of. No pictures, which would tell their sender who reads; no ids and classes, by which nbgrader's
# scripts find the fields for points.
TAGS = {"a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "hr", "i", "li", "ol", "p"}
TAGS |= {"pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TAGS |= {"details", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
# A link to a place on the same server would act with the reader's rights there.
LINKS = ("http://", "https://", "mailto:", "#")
# What formgrader hands its template for the submission's page.
NAMES = ("student", "first_name", "last_name", "notebook_path")


# What the card of a check looks like: nothing that moves it, covers others or fetches anything.
STYLES = ["background-color", "border", "border-left", "border-radius", "border-top", "color", "display", "font-weight"]
STYLES += ["padding", "width"]
# What Pygments calls a piece of code: no class by which nbgrader's scripts find something is as short.
LONGEST_CLASS = 3


def _is_link(tag: str, name: str, value: str) -> bool:
    return (tag, name) == ("a", "href") and value.strip().lower().startswith(LINKS)


def _kept(tag: str, name: str, value: str) -> bool:
    return _is_link(tag, name, value) or (name == "id" and value.startswith(HEADING))


def _kept_of_output(tag: str, name: str, value: str) -> bool:
    is_code = name == "class" and (value.startswith("highlight ") or len(value) <= LONGEST_CLASS)
    is_look = name == "style" and not {"(", "\\"} & set(value)  # an address stands in brackets
    return is_code or is_look or name in ("role", "aria-label", "aria-hidden") or _is_link(tag, name, value)


_CLEANER = SanitizeHTML(tags=sorted(TAGS), attributes=_kept)
_OUTPUTS = SanitizeHTML(tags=sorted(TAGS), attributes=_kept_of_output, styles=STYLES)
# Ids of headings are made of numbers, so that nobody can choose one that means something to nbgrader's scripts.
HEADING = "heading-"


def _heading_id(anchor: str) -> str:
    return f"{HEADING}{zlib.crc32(anchor.encode()):08x}"


def output(source: object) -> str:
    """Stand in for nbconvert's `clean_html`, which takes every look and link from the card of a check."""
    text = source.decode() if isinstance(source, bytes) else str(source)
    clean = str(_OUTPUTS.sanitize_html_tags(text))
    return re.sub(r'<a href="#([^"]*)"', lambda found: f'<a href="#{_heading_id(unescape(found[1]))}"', clean)


class _Words(IPythonRenderer):
    """Prose without pictures and colours: a picture that is not there would stop the page, a lexer take hours."""

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def heading(self, text: str, level: int, **_: Any) -> str:
        anchor = unescape(re.sub("<[^>]*>", "", text)).strip().replace(" ", "-")  # as JupyterLab names it
        return f'<h{level} id="{_heading_id(anchor)}">{text}</h{level}>\n'

    def block_html(self, html: str) -> str:
        """Let text be folded, as the lessons do; every other tag is shown as it was typed."""
        folded = re.fullmatch(r"<details><summary>([^<>]*)</summary>", html.strip())
        if folded:
            return f"<details><summary>{escape(unescape(folded[1]))}</summary>\n"
        return "</details>\n" if html.strip() == "</details>" else str(super().block_html(html))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"![{text}]({url})")


@lru_cache(1000)  # a class's notebooks have most of their prose in common
def prose(source: str) -> str:
    """Return Markdown as HTML that says no more than words, and shows tags as they were typed.

    Tags from outside could be nested so that the HTML standard makes gigabytes of a page of them.
    """
    renderer = _Words(escape=True, exclude_anchor_links=True)
    return str(_CLEANER.sanitize_html_tags(MarkdownWithMath(renderer=renderer).render(source)))


def unchanged(text: str) -> str:
    """Stand in for nbconvert's `strip_files_prefix`: no address that it would mend is left, and it takes hours."""
    return text


class Shortened(Preprocessor):
    """Show the beginning of what is too long, and say so; in the notebook file nothing is lost."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        graded, rest = Room(MOST_OF_THE_GRADED), Room(MOST_OF_THE_REST)
        for cell in nb.cells:
            room = graded if "nbgrader" in cell.metadata else rest
            cell.source = room.cut(cell.source, "# {}\n" if cell.cell_type == "code" else "*{}*\n\n")
            for output in cell.get("outputs", []):
                self._shorten(output, room)
        return nb, resources

    @staticmethod
    def _shorten(output: NotebookNode, room: Room) -> None:
        if output.output_type == "stream":
            output.text = room.cut(output.text, "{}\n")
        elif output.output_type == "error":
            output.traceback = room.cut("\n".join(output.traceback), "{}\n").split("\n")
        else:
            for kind, text in list(output.data.items()):
                if kind == "text/plain":
                    output.data[kind] = room.cut(text, "{}\n")
                elif not kind.startswith("image/") and (len(str(text)) > MOST_OF_A_TEXT or _multiplies(str(text))):
                    del output.data[kind]  # half of it would be nonsense; what is left is shown in its place


class Room:
    """How many characters may still be shown."""

    def __init__(self, left: int) -> None:
        self.left = left

    def cut(self, text: str, mark: str) -> str:
        """Return what has room, behind a word about the rest: after it, an open quote or formula would hide it."""
        shown = text[: min(self.left, MOST_OF_A_TEXT)]
        self.left -= len(shown)
        if len(shown) == len(text):
            return text
        told = say(
            "Only the first {shown:,} of {all:,} characters are shown; the notebook holds the rest.",
            shown=len(shown),
            all=len(text),
        )
        return mark.format(told) + shown


def _multiplies(html: str) -> bool:
    """Tell whether tags could become far more: those of the first kind are opened again in whatever follows."""
    reopened = re.findall(r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", html, re.I)
    return len(reopened) * html.count("<") > 200_000


class PlainNames(Preprocessor):
    """Write names of students and folders so that a page shows them as they are."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for name in NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        return nb, resources
