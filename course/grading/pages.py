"""Sanitize what feedback and formgrader show of a submission: text, and nothing active in a reader's browser.

Both pages are rendered by nbconvert's HTMLExporter with nbgrader's templates. nbconvert's `sanitize_html` cleans
outputs, but nbgrader's templates insert prose and names as they are; those are cleaned here. Template filters are not
made for hostile text, so their input is kept short: no submission's page delays those of others. `nbgrader_config.py`
installs all this.
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
# Characters shown of all nbgrader cells together, counted apart so that they are shown however much precedes them; and
# of all other cells, of which a lesson's own text has some 25,000.
MOST_OF_THE_GRADED, MOST_OF_THE_REST = 500_000, 100_000

# Tags allowed in prose. No images, which would tell their sender who reads the page; no ids or classes, by which
# nbgrader's scripts find the fields for points.
TAGS = {"a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "hr", "i", "li", "ol", "p"}
TAGS |= {"pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TAGS |= {"details", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}
# How allowed links begin. A link within the same server would act with the reader's permissions.
LINKS = ("http://", "https://", "mailto:", "#")
# Names that formgrader passes to the template of a submission's page.
NAMES = ("student", "first_name", "last_name", "notebook_path")


# CSS properties allowed in the card of a check: none that moves it, covers other content or fetches anything.
STYLES = ["background-color", "border", "border-left", "border-radius", "border-top", "color", "display", "font-weight"]
STYLES += ["padding", "width"]
# The longest class name allowed, as Pygments has for tokens; those that nbgrader's scripts look for are longer.
LONGEST_CLASS = 3


def _is_link(tag: str, name: str, value: str) -> bool:
    return (tag, name) == ("a", "href") and value.strip().lower().startswith(LINKS)


def _kept(tag: str, name: str, value: str) -> bool:
    return _is_link(tag, name, value) or (name == "id" and value.startswith(HEADING))


def _kept_of_output(tag: str, name: str, value: str) -> bool:
    is_code = name == "class" and (value.startswith("highlight ") or len(value) <= LONGEST_CLASS)
    is_look = name == "style" and not {"(", "\\"} & set(value)  # a URL needs brackets
    return is_code or is_look or name in ("role", "aria-label", "aria-hidden") or _is_link(tag, name, value)


_CLEANER = SanitizeHTML(tags=sorted(TAGS), attributes=_kept)
_OUTPUTS = SanitizeHTML(tags=sorted(TAGS), attributes=_kept_of_output, styles=STYLES)
# Ids of headings are made from a checksum, so that nobody can choose one that nbgrader's scripts look for.
HEADING = "heading-"


def _heading_id(anchor: str) -> str:
    return f"{HEADING}{zlib.crc32(anchor.encode()):08x}"


def output(source: object) -> str:
    """Sanitize an output, in place of nbconvert's `clean_html`, which strips styles and links from check cards."""
    text = source.decode() if isinstance(source, bytes) else str(source)
    clean = str(_OUTPUTS.sanitize_html_tags(text))
    return re.sub(r'<a href="#([^"]*)"', lambda found: f'<a href="#{_heading_id(unescape(found[1]))}"', clean)


class _Words(IPythonRenderer):
    """Renderer without images and highlighting: a missing image would stop the page, and a lexer may take hours."""

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def heading(self, text: str, level: int, **_: Any) -> str:
        anchor = unescape(re.sub("<[^>]*>", "", text)).strip().replace(" ", "-")  # as JupyterLab names it
        return f'<h{level} id="{_heading_id(anchor)}">{text}</h{level}>\n'

    def block_html(self, html: str) -> str:
        """Allow `<details>` with a plain summary, as in the lessons; show every other tag as typed."""
        folded = re.fullmatch(r"<details><summary>([^<>]*)</summary>", html.strip())
        if folded:
            return f"<details><summary>{escape(unescape(folded[1]))}</summary>\n"
        return "</details>\n" if html.strip() == "</details>" else str(super().block_html(html))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"![{text}]({url})")


@lru_cache(1000)  # a class's notebooks have most of their prose in common
def prose(source: str) -> str:
    """Render Markdown as HTML that is only text, with tags shown as typed.

    Tags from a submission could be nested so that the HTML standard's parsing makes gigabytes of one page.
    """
    renderer = _Words(escape=True, exclude_anchor_links=True)
    return str(_CLEANER.sanitize_html_tags(MarkdownWithMath(renderer=renderer).render(source)))


def unchanged(text: str) -> str:
    """Return the text as it is; nbconvert's `strip_files_prefix` may take hours, and finds no URL to fix here."""
    return text


class Shortened(Preprocessor):
    """Cut long text for the page, with a note; the notebook file keeps everything."""

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
                    del output.data[kind]  # half of it would be broken; the remaining formats are shown instead


class Room:
    """The number of characters that may still be shown."""

    def __init__(self, left: int) -> None:
        self.left = left

    def cut(self, text: str, mark: str) -> str:
        """Return what fits, after a note if text was cut: an open quote or formula would hide a note at the end."""
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
    """Return whether tags could multiply when parsed: unclosed formatting tags are reopened in whatever follows."""
    reopened = re.findall(r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", html, re.I)
    return len(reopened) * html.count("<") > 200_000


class PlainNames(Preprocessor):
    """Escape the names of students and folders, so that a page shows them literally."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for name in NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        return nb, resources
