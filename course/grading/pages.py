"""What feedback and formgrader show of a submission: words, and nothing that acts in a reader's browser.

Both pages are made by nbconvert's HTMLExporter with nbgrader's templates. nbconvert's `sanitize_html` cleans outputs,
but nbgrader's templates write prose and names as they come: here they are cleaned. `nbgrader_config.py` puts this in.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat.notebooknode import NotebookNode

# What prose is made of. No pictures, which would tell their sender who reads; no ids and classes, by which nbgrader's
# scripts find the fields for points.
TAGS = {"a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "hr", "i", "li", "ol", "p"}
TAGS |= {"pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
# A link to a place on the same server would act with the reader's rights there.
LINKS = ("http://", "https://", "mailto:", "#")
# What formgrader hands its template for the submission's page.
NAMES = ("student", "first_name", "last_name", "notebook_path")


def _kept(tag: str, name: str, value: str) -> bool:
    return (tag, name) == ("a", "href") and value.strip().lower().startswith(LINKS)


_CLEANER = SanitizeHTML(tags=sorted(TAGS), attributes=_kept)


class _Words(IPythonRenderer):
    """Prose without pictures; one that is not there would else stop the page."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"![{text}]({url})")


@lru_cache(1000)  # a class's notebooks have most of their prose in common
def prose(source: str) -> str:
    """Return Markdown as HTML that says no more than words, and shows other tags as they were typed."""
    renderer = _Words(escape=False, exclude_anchor_links=True)
    return str(_CLEANER.sanitize_html_tags(MarkdownWithMath(renderer=renderer).render(source)))


class PlainNames(Preprocessor):
    """Write names of students and folders so that a page shows them as they are."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for name in NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        return nb, resources
