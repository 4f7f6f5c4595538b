"""Rules for this project's Chinese text: punctuation, spaces and words; and which English each page translates.

`python -m tests.chinese` records that each Chinese page translates the English one as it is now.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from markdown_it import MarkdownIt  # installed with rich

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
PAGES = sorted(path for folder in (".", "docs", "course/desk") for path in (ROOT / folder).glob("*.zh.*"))
# The digests of each English page's paragraphs at the time its Chinese translation was written.
RENDERED = ROOT / "docs" / "generated" / "pages.json"
HAN = "\u3400-\u9fff"
FULL = "，。：；？！（）、“”《》…"
# Placeholders for inline code, a formula and the marker of an item or a heading, while spaces are checked.
CODE, FORMULA, MARK = "\ue000", "\ue001", "\ue002"
# Printed output may be aligned with spaces: only a single space between Han and Latin is a fault everywhere.
RULES = (
    ("half-width punctuation", rf"[{HAN}][,.:;?!()]|[,:;?!()][{HAN}]"),
    ("comma in a number", r"(?<![\d.,])\d{1,3},\d{3}(?!\d)"),
    ("space between Han and Latin", rf"[{HAN}] [A-Za-z0-9]|[A-Za-z0-9%] [{HAN}]"),
)
RULES_OF_PROSE = (
    ("no space around code", rf"[{HAN}]{CODE}|{CODE}[{HAN}]"),
    ("more than one space around code", rf"[{HAN}]  +{CODE}|{CODE}  +[{HAN}]"),
    ("space at full-width punctuation", rf"[{FULL}] +[{HAN}{CODE}{FULL}]|[{HAN}{CODE}] +[，。：；？！）、”》]"),
    ("space between Han characters", rf"[{HAN}] +[{HAN}]"),
    ("a paragraph of several lines", rf"[{HAN}，、；：]\n[{HAN}“（]"),
)


def said(markdown: str) -> str:
    """Return the prose of a text: without code blocks, URLs and HTML, with one character per inline code or formula."""
    text = re.sub(r"^```.*?^```|^ {4}(?! *(?:[-+]|\d+\.) )[^\n]*$", "", markdown, flags=re.M | re.S)
    text = re.sub(r"^### (?:BEGIN|END) .*$", "", text, flags=re.M)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", FORMULA, text, flags=re.S)
    text = re.sub(r"``[^`]+``|`[^`\n]+`", CODE, text)
    text = re.sub(r"\]\([^)\s]*\)", "]", text)
    text = re.sub(r"</?\w+[^>\n]*>", "", text)
    text = re.sub(r"[*_]{1,3}|[\[\]]", "", text)
    return re.sub(r"^ {0,8}(?:[-+]|\d+\.|#+|\|) +", MARK, text, flags=re.M)


def faults(markdown: str) -> list[str]:
    """Return where a text breaks the rules or the glossary, each with the characters around it."""
    return list(_found(said(markdown), (*RULES, *RULES_OF_PROSE)))


def faults_of_words(text: str) -> list[str]:
    """Return the faults of a message or of printed output, which may have columns, and calls without backticks."""
    return list(_found(re.sub(r"[A-Za-z_][A-Za-z0-9_.]*\([ -~]*?\)", FORMULA, said(text)), RULES))


def _found(prose: str, rules: tuple[tuple[str, str], ...]) -> Iterator[str]:
    other_words = ((f"“{bad}” for “{good}”", re.escape(bad)) for bad, good in forbidden().items())
    for rule, pattern in (*rules, *other_words):
        for match in re.finditer(pattern, prose):
            around = prose[max(match.start() - 12, 0) : match.end() + 12]
            yield f"{rule}: …{around}…".replace(CODE, "`…`").replace(FORMULA, "$…$").replace(MARK, "- ")


@cache
def forbidden() -> dict[str, str]:
    """Return the words that the glossary rules out, each with the word to use instead."""
    rows = [
        [part.strip() for part in line.strip("|").split("|")]
        for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    return {bad: row[1] for row in rows[1:] for bad in row[2].split("、") if bad}


def unrendered(markdown: str) -> list[str]:
    """Return the pieces of text that still contain an asterisk when rendered.

    CommonMark reads `：**` before a Han character as the start of bold text, and as its end only before a space or
    punctuation.
    """
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", FORMULA, markdown, flags=re.S)
    inline = (child for token in _commonmark().parse(text) for child in token.children or ())
    return [child.content for child in inline if child.type == "text" and "*" in child.content]


@cache
def _commonmark() -> MarkdownIt:
    return MarkdownIt().enable("table")


def shape(markdown: str) -> Counter[str]:
    """Count what a text and its translation have in common: rows, links, formulas, headings, code blocks."""
    kinds = {
        "table row": r"^\|[^\n]*\|$",
        "formula": r"\$\$.*?\$\$|\$[^$\n]+\$",
        "code block": r"^```",
        "<details>": r"<details",
        "</details>": r"</details>",
        "picture": r"!\[",
    }
    counted = Counter({kind: len(re.findall(pattern, markdown, re.M | re.S)) for kind, pattern in kinds.items()})
    counted.update(f"link to {target}" for target in re.findall(r"\]\(([^)\s]*)\)", markdown))
    counted.update(f"heading {marks}" for marks in re.findall(r"^(#{1,6}) ", markdown, re.M))
    return +counted


def names(markdown: str) -> set[str]:
    """Return the inline code of a text, outside code blocks."""
    text = re.sub(r"^```.*?^```", "", markdown, flags=re.M | re.S)
    return {name.strip() for name in re.findall(r"`([^`\n]+)`", text)}


def english_of(page: Path) -> Path:
    return page.with_name(page.name.replace(".zh.", "."))


def paragraphs(text: str) -> dict[str, str]:
    """Return the paragraphs of a page by digest, regardless of line breaks."""
    found = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))
    return {sha256(paragraph.encode()).hexdigest()[:8]: paragraph for paragraph in found if paragraph}


def changed(text: str, rendered: list[str]) -> list[str]:
    """Return what changed in an English page since its translation: the new paragraphs, and how many are gone."""
    now = paragraphs(text)
    n_gone = len(set(rendered) - set(now))
    return [said for digest, said in now.items() if digest not in rendered] + [f"{n_gone} gone"] * bool(n_gone)


def main() -> None:
    made = {e.name: list(paragraphs(e.read_text(encoding="utf-8"))) for e in map(english_of, PAGES)}
    RENDERED.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
