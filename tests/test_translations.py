"""Messages in other languages: the catalogues match the code, and a translation keeps its message's content."""

from __future__ import annotations

import ast
import io
import re
import string
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from course.building import messages
from course.building.messages import KEYWORDS, PACKAGE, catalogue, catalogue_file, forms
from course.exercise.idea import CATALOGUE
from course.language import LANGUAGES, all_of, language, paragraph, say, say_n, using

OTHERS = LANGUAGES[1:]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def translated(translations: Catalog) -> Iterator[tuple[Message, str, str]]:
    """Yield each translated message, with every pair of forms that must have the same content."""
    for message in translations:
        if message.id and not message.fuzzy:
            yield from (
                (message, one, other) for one in forms(message.id)[-1:] for other in forms(message.string) if other
            )


def said_in(source: str) -> Iterator[tuple[int, ast.expr]]:
    """Yield the line number and argument of every message passed to a translation function."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in KEYWORDS
        ):
            yield from ((node.lineno, x) for x in node.args[: 2 if name == "say_n" else 1])


def in_pieces(source: str) -> list[int]:
    """Return the lines that assemble a message from parts: no catalogue can contain it whole."""
    return [line for line, said in said_in(source) if _is_made(said)]


def _is_made(said: ast.expr) -> bool:
    joined = (
        isinstance(said, ast.Call) and isinstance(said.func, ast.Attribute) and said.func.attr in ("format", "join")
    )
    return joined or isinstance(said, ast.JoinedStr | ast.BinOp)


def not_found(source: str) -> list[int]:
    """Return the lines where `say_n` is not given literals: its two forms would not be extracted as one message."""
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    counted = [call for call in calls if call.func.id == "say_n"]
    return [c.lineno for c in counted if not all(isinstance(x, ast.Constant) for x in c.args[:2])]


# Functions and exceptions that show a text to somebody, or end a command with it.
SHOWING = {"CourseError", "SetupError", "CannotConfine", "MachineFault", "WorkerLost", "print", "echo", "exit", "tell"}


def in_english_only(source: str) -> list[int]:
    """Return the lines that show a sentence without translating it."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    shown = [x for c in calls if getattr(c.func, "id", getattr(c.func, "attr", "")) in SHOWING for x in c.args]
    return [text.lineno for text in shown for part in _written_in(text) if re.search(r"[a-z]{2,},? [a-z]{2,}", part)]


def _written_in(text: ast.expr) -> list[str]:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return [x.value for x in parts if isinstance(x, ast.Constant) and isinstance(x.value, str)]


@pytest.mark.parametrize("lang", OTHERS)
def test_the_catalogue_follows_the_code(lang):
    in_code = {forms(m.id) for m in messages.messages() if m.id}
    in_file = {forms(m.id) for m in catalogue(lang) if m.id}
    told = "\n".join(str(message) for message in in_code ^ in_file)
    assert in_code == in_file, f"call `python -m course.building.messages`, for:\n{told}"


@pytest.mark.parametrize("lang", OTHERS)
def test_no_message_waits_for_a_translation(lang):
    assert messages.untranslated(catalogue(lang)) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_compiled_is_what_is_edited(lang):
    in_use = read_mo(io.BytesIO(catalogue_file(lang).with_suffix(".mo").read_bytes()))
    edited = [m for m in catalogue(lang) if m.id and not m.fuzzy and all(forms(m.string))]
    compiled, expected = ({forms(m.id): forms(m.string) for m in each if m.id} for each in (in_use, edited))
    assert compiled == expected, "call `python -m course.building.messages`"


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_has_the_fields_and_the_names_in_code_of_its_message(lang):
    for message, one, other in translated(catalogue(lang)):
        assert fields(one) == fields(other), message.id
        assert Counter(one.split("`")[1::2]) <= Counter(other.split("`")[1::2]), message.id


def test_no_message_is_put_together_from_pieces():
    assert in_pieces(
        'say(f"{a} is wrong")\nsay("a " + b)\nsay(" ".join(a))\nsay("{a} is wrong", a=a)\nsay(WORDS[a])'
    ) == [1, 2, 3]
    assert not_found('say_n(one, many, 2)\nsay_n("{n} row", "{n} rows", 2)') == [1]
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if messages.says(path):
            assert not in_pieces(text) + not_found(text), path


def test_every_message_of_the_code_is_found():
    """Babel extracts no message within an f-string, or within the arguments of another message."""
    found = {form for m in messages.messages() for form in forms(m.id)}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if messages.says(path):
            said = {x.value for _, x in said_in(text) if isinstance(x, ast.Constant) and x.value}
            assert said <= found, (path, said - found)


def test_nothing_is_shown_in_english_only():
    assert in_english_only(
        'raise CourseError("it is gone")\nprint(f"{n} rows are left")\nprint(say("it is gone"))\nprint(f"course: {x}")'
    ) == [1, 2]
    by_whom = PACKAGE / "building" / "messages.py"  # for translators, who read English
    found = {
        path: lines
        for path in PACKAGE.rglob("*.py")
        if path != by_whom and (lines := in_english_only(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_word_of_the_catalogue_of_mistakes_is_a_message():
    found = {form for m in messages.messages() for form in forms(m.id)}
    assert {words for known in CATALOGUE.values() for words in (known.hint, known.more)} <= found


def test_a_changed_message_keeps_its_translation_and_has_it_looked_at(monkeypatch):
    old = Catalog(locale="zh")
    old.add("`{name}` is None.", "`{name}` 是 None。")
    old.add("Gone.", "没了。")
    new = Catalog()
    new.add("`{name}` is None here.")
    monkeypatch.setattr(messages, "catalogue", lambda lang: old)
    monkeypatch.setattr(messages, "messages", lambda: new)
    kept = messages.brought_up_to_date("zh")
    assert kept["`{name}` is None here."].string == "`{name}` 是 None。"
    assert messages.untranslated(kept) == ["`{name}` is None here."]
    new.add("Gone.")
    assert messages.brought_up_to_date("zh")["Gone."].string == "没了。", "a message that returns has its translation"


def test_a_message_is_said_in_the_language_that_is_asked_for_and_no_longer_than_that():
    assert say("{n} of {m}", n=1, m=2) == "1 of 2" and say_n("{n} row", "{n} rows", 2) == "2 rows"
    with pytest.raises(ValueError, match="no language `de`"), using("de"):
        pass
    with using("zh"):
        assert language() == "zh"
    assert language() == "en"


@pytest.mark.parametrize(("spoken", "said"), [("en", "`a`, `b` and `c`"), ("zh", "`a`、`b`、`c`")])
def test_names_are_said_one_after_the_other(spoken, said):
    with using(spoken):
        assert all_of(["`a`", "`b`", "`c`"]) == said
        assert (all_of(["`a`"]), all_of([])) == ("`a`", "")


def test_sentences_of_a_paragraph_are_kept_apart_in_each_language():
    said = ("`x` is None.", "", "ValueError: use a.all()", "Use b.")
    assert paragraph(*said) == "`x` is None. ValueError: use a.all() Use b."
    with using("zh"):
        assert (
            paragraph("`x` 是None。", "", "报错ValueError：use a.all()", "看 `b`。")
            == "`x` 是None。报错ValueError：use a.all()。看 `b`。"
        )
        assert paragraph("报错ValueError：Use b.", "看 `b`。") == "报错ValueError：Use b. 看 `b`。"
