"""Feedback and formgrader pages of submissions with active content: nothing is executed, nothing hidden is shown."""

from __future__ import annotations

import json
import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
import numpy as np
import pytest
from bleach._vendor import html5lib  # a parser of the HTML standard, from bleach, which nbconvert requires

from course.building.built_notebooks import REPOSITORY
from course.grading.jobs import QuestionSet
from course.sandbox.confinement import CannotConfine
from tests import bank, commands
from tests.attacks.classroom import place_of
from tests.attacks.corpus import filled
from tests.formgrader import TOKEN, serving

pytestmark = pytest.mark.slow

LESSON = "way1_numpy"
# Must be visible wherever a submission contains it, and must appear nowhere that a browser acts on.
MARK = "ACTIVE"
ACTIVE = (
    "<script>ACTIVE()</script><img src=x onerror=ACTIVE()><svg onload=ACTIVE()></svg><svg/onload='ACTIVE()'>"
    "<a href='javascript:ACTIVE()'>a</a><a href='java&#10;script:ACTIVE()'>b</a><iframe srcdoc='ACTIVE'></iframe>"
    "<iframe src='data:text/html,ACTIVE'></iframe><object data='data:text/html,ACTIVE'></object><embed src='ACTIVE'>"
    "<meta http-equiv=refresh content='0;url=javascript:ACTIVE()'><base href='//ACTIVE/'>"
    "<link rel=stylesheet href=ACTIVE>"
    "<style>@import 'ACTIVE'; body{display:none}</style><form action='//ACTIVE'>"
    "<input name=ACTIVE autofocus onfocus=ACTIVE()>"
    "<button formaction='javascript:ACTIVE()'>c</button></form><details open ontoggle=ACTIVE()>d</details>"
    "<math><a xlink:href='javascript:ACTIVE()'>e</a></math><scr<script>ipt>ACTIVE()</scr</script>ipt>"
    "<p style='position:fixed;inset:0' id=check_forward class=score>ACTIVE</p>"
    "<template><script>ACTIVE()</script></template>"
    "</pre></div></body><!-- --!><script>ACTIVE()</script> -->"
    "<noscript><p title='</noscript><img src=x onerror=ACTIVE()>'>"
)
MARKDOWN = f"""# ACTIVE {ACTIVE}

[a](javascript:ACTIVE()) [b](&#106;avascript:ACTIVE()) [c](data:text/html,ACTIVE) [d](vbscript:ACTIVE)
<javascript:ACTIVE()>
[e](/formgrader/ACTIVE) [f](evil.html) ![g](javascript:ACTIVE()) ![h](attachment:ACTIVE.svg) [i]: javascript:ACTIVE()

```{{=html}} ACTIVE
{ACTIVE}
```

| ACTIVE{ACTIVE} |
|---|
| {ACTIVE} |

> {ACTIVE}

$\\href{{javascript:ACTIVE()}}{{x}}$ $$ {ACTIVE} $$ \\begin{{align}}{ACTIVE}\\end{{align}}
"""
OWN_CELLS = [
    f"from IPython.display import HTML, Javascript, Markdown, SVG, display\ndisplay(HTML({ACTIVE!r}))",
    f"display(Javascript('ACTIVE()')); display(Markdown({MARKDOWN!r})); display(SVG('<svg onload=\"ACTIVE()\"/>'))",
    f"display({{'text/html': {ACTIVE!r}, 'application/javascript': 'ACTIVE()', 'image/svg+xml': '<svg/>'}}, raw=True)",
    f"print({ACTIVE!r}, '\\x1b[31m<script>ACTIVE()</script>\\x1b]8;;javascript:ACTIVE()\\x07x\\x1b]8;;\\x07')",
    f"%%html\n{ACTIVE}",
    "%%javascript\nACTIVE()",
    f"%%markdown\n{MARKDOWN}",
    f"# {ACTIVE}\n'''{ACTIVE}'''\nraise type({ACTIVE[:70]!r}, (Exception,), {{}})({ACTIVE!r})",
    f"raise KeyError('\\x1b[0m' + {ACTIVE!r})",
]
ANSWERS = {
    "make_data": f"def make_data(rng, n, d_in, d_h, d_out):\n    print({ACTIVE!r})\n    return {ACTIVE!r}",
    "forward": f"def forward(x, w1, w2):\n    raise ValueError({ACTIVE!r})  # {ACTIVE}",
    "loss_fn": f"def loss_fn(y_pred, y):\n    raise type({ACTIVE[:70]!r}, (Exception,), {{}})({ACTIVE!r})",
    "backward": f"raise RuntimeError({ACTIVE!r})",
    "train": f"class Odd:\n    def __repr__(self): return {ACTIVE!r}\n\ndef train(*_):\n    return [Odd()]",
}
NAMES = ["<img src=x onerror=ACTIVE()>", '"><svg onload=ACTIVE()>', "';ACTIVE();'"]
STRAY = {
    "evil.html": ACTIVE,
    "evil.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='ACTIVE()'/>",
    "x.xhtml": ACTIVE,
}
ACTIVE_TAGS = {
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "meta",
    "base",
    "link",
    "style",
    "template",
    "svg",
    "math",
}
ACTIVE_TAGS |= {"form", "input", "button", "textarea", "select"}
URLS = {"href", "src", "action", "formaction", "data", "srcdoc", "srcset", "poster", "background", "xlink:href", "ping"}


def active_submission() -> nbformat.NotebookNode:
    """Return a submission with active content everywhere a student can put it."""
    made = filled(LESSON, "right", **ANSWERS)
    for cell in made.cells:
        cell.metadata["tags"] = [ACTIVE]
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "explain":
            cell.source = MARKDOWN
            cell["attachments"] = {"ACTIVE.svg": {"image/svg+xml": "<svg onload='ACTIVE()'/>"}}
    output = nbformat.v4.new_output("display_data", {"text/html": ACTIVE, "application/javascript": "ACTIVE()"})
    for source in OWN_CELLS:
        made.cells.append(nbformat.v4.new_code_cell(source, outputs=[output]))
    made.cells.append(nbformat.v4.new_markdown_cell(MARKDOWN))
    made.cells.append(nbformat.v4.new_raw_cell(ACTIVE, metadata={"raw_mimetype": "text/html"}))
    made.cells.append(nbformat.v4.new_raw_cell(ACTIVE))
    made.metadata["title"] = ACTIVE
    made.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": ACTIVE}}
    made.metadata["kernelspec"] = {"name": ACTIVE, "display_name": ACTIVE, "language": ACTIVE}
    made.metadata["language_info"] = {"name": ACTIVE, "pygments_lexer": ACTIVE}
    return made


@dataclass(frozen=True)
class Served:
    """A graded course, and the address at which formgrader serves it."""

    root: Path
    address: str

    def get(self, path: str) -> tuple[int, str, str]:
        """Return the status, content type and text of a page."""
        request = urllib.request.Request(self.address + path, headers={"Authorization": f"token {TOKEN}"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), error.read().decode("utf-8", "replace")

    def submissions(self) -> dict[str, str]:
        """Return the id of each student's graded notebook, as formgrader lists them."""
        status, _, text = self.get(f"/formgrader/api/submitted_notebooks/{LESSON}/{LESSON}")
        assert status == 200, text
        return {row["student"]: row["id"] for row in json.loads(text)}


def environment(root: Path) -> dict[str, str]:
    home = root.parent / "home"
    home.mkdir(exist_ok=True)
    return {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "HOME": str(home),
        **{f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        "IPYTHONDIR": str(home / "ipython"),
    }


def run(root: Path, *words: str) -> str:
    done = commands.run(*words, cwd=root, env=environment(root))
    if CannotConfine.__name__ in done.stderr or "cannot be confined" in done.stderr:
        pytest.skip("student code cannot be confined on this machine")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def hand_in(root: Path) -> None:
    nbformat.write(filled(LESSON), str(place_of(root, "honest", LESSON)))
    nbformat.write(filled(LESSON, "blank"), str(place_of(root, "blank", LESSON)))
    slip = bank.entry(f"{LESSON}.backward", "gradient_times_own_sign").source
    nbformat.write(filled(LESSON, "blank", backward=slip), str(place_of(root, "wrong", LESSON)))
    for student in ("active", *NAMES):
        file = place_of(root, student, LESSON)
        file.write_text(json.dumps(active_submission()), encoding="utf-8")
        for name, text in STRAY.items():
            (file.parent / name).write_text(text)


@pytest.fixture(scope="module", params=["course grade", "nbgrader autograde"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a class graded in one of the two ways, with feedback generated, served by formgrader."""
    root = tmp_path_factory.mktemp("pages") / "course"
    for folder in ("source", "release"):
        shutil.copytree(REPOSITORY / folder / LESSON, root / folder / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    hand_in(root)
    if request.param == "course grade":
        run(root, "course", "grade", "--workers", "1")
    else:
        run(root, "nbgrader", "generate_assignment", LESSON, "--force")
        run(root, "nbgrader", "autograde", LESSON)
    run(root, "nbgrader", "generate_feedback", LESSON)
    with serving(root, {"PYTHONPATH": str(REPOSITORY)}) as formgrader:
        yield Served(root, formgrader.url.rstrip("/"))


# CSS properties a card may use: none that moves it out of place, covers other content or fetches anything.
LOOKS = {"", "background-color", "border", "border-left", "border-radius", "border-top", "color", "display"}
LOOKS |= {"font-weight", "padding", "width"}


def active_things(page: str) -> list[str]:
    """Return a page's active content: elements, event handlers, URLs of code, styles; submission ids are masked."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if tag in ACTIVE_TAGS:
            found.append(f"<{tag} {sorted(element.attrib.items())}> {''.join(element.itertext())}")
        for name, value in element.attrib.items():
            name = ":".join(name) if isinstance(name, tuple) else str(name).lower()
            scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\r\n]", "", value), re.I)
            code = name in URLS and scheme and scheme[1].lower() not in ("http", "https", "mailto")
            clash = name in ("id", "class", "name") and MARK in value
            look = {rule.partition(":")[0].strip() for rule in value.split(";")} if name == "style" else set()
            if name.startswith("on") or not look <= LOOKS or (look and "(" in value) or code or clash:
                found.append(f"{tag} {name}={value}")
    return [re.sub(r"\b[0-9a-f]{32}\b", "ID", thing) for thing in found]


def shown_text(page: str) -> str:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for style in tree.findall("head/style"):  # the template's style sheets are full of numbers
        style.clear()
    return "".join(tree.itertext())


def feedback(served: Served, student: str) -> str:
    return (served.root / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")


def view(served: Served, student: str) -> str:
    status, kind, page = served.get(f"/formgrader/submissions/{served.submissions()[student]}/")
    assert (status, kind) == (200, "text/html"), page[-2000:]
    return page


def test_active_things_are_found_where_they_are() -> None:
    found = " ".join(active_things(f"<!DOCTYPE html><body><p>{ACTIVE}</p></body>"))
    for sign in (
        "<script",
        "onerror",
        "onload",
        "javascript:",
        "srcdoc",
        "<meta",
        "<base",
        "<form",
        "ontoggle",
        "<style",
    ):
        assert sign in found
    assert active_things("<!DOCTYPE html><body><p>&lt;script&gt;</p><a href='https://x'>x</a></body>") == []


@pytest.mark.parametrize("student", ["active", *NAMES])
@pytest.mark.parametrize("page", [feedback, view], ids=["feedback", "formgrader"])
def test_nothing_of_a_submission_acts(page: Any, student: str, served: Served) -> None:
    html = page(served, student)
    own = set(active_things(page(served, "honest")))
    assert [thing for thing in active_things(html) if thing not in own] == []
    assert shown_text(html).count(f"{MARK}()") > 50, "what was handed in is not shown at all"


def test_answers_in_a_row_do_not_act(served: Served) -> None:
    status, kind, page = served.get(f"/formgrader/written/{LESSON}/{LESSON}/?names")
    assert (status, kind) == (200, "text/html"), page[-2000:]
    assert [thing for thing in active_things(page) if MARK in thing] == []
    text = shown_text(page)
    assert text.count(f"{MARK}()") > 50 and all(name in text for name in NAMES)


def test_formgraders_own_pages_show_names_as_text(served: Served) -> None:
    for place in (
        "manage_students/{}",
        f"manage_students/{{}}/{LESSON}",
        "manage_submissions/{}",
        "gradebook/{}",
        "gradebook/{0}/{0}",
    ):
        _, _, usual = served.get("/formgrader/" + place.format("honest"))
        for name in NAMES:
            status, _, page = served.get("/formgrader/" + place.format(quote(name, safe="")))
            known = {thing.replace("honest", "NAME") for thing in active_things(usual)}
            own = [re.sub(r"&(lt|gt|#3[49]|quot);", "", thing) for thing in active_things(page)]
            plain = re.sub(r"[<>\"']", "", name)
            assert status == 200 and [t for t in own if t.replace(plain, "NAME") not in known] == [], place


def test_files_beside_a_notebook_are_not_served_as_pages(served: Served) -> None:
    for name in STRAY:
        status, kind, text = served.get(f"/formgrader/submissions/{served.submissions()['active']}/{name}")
        assert status == 404 and MARK not in text, (name, kind)


def hidden_words(root: Path) -> Iterator[tuple[str, str]]:
    """Yield kind and text of what students must not see: seeds, values of questions, lines of solutions and the oracle.

    The model answer with its mark scheme may be shown only to whoever marks.
    """
    seeds = json.loads((root / ".course" / "grading" / "run.json").read_text())["seeds"]
    yield "seed", str(seeds[LESSON])
    question_set = QuestionSet(LESSON, seeds[LESSON], "cpu")
    for questions in question_set.questions.values():
        for question in questions:
            for value in numbers_in(question):
                yield "question", value
    released = (REPOSITORY / "release" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    for cell in nbformat.read(str(REPOSITORY / "source" / LESSON / f"{LESSON}.ipynb"), 4).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            kind = "solution" if cell.cell_type == "code" else "model answer"
            yield from (
                (kind, line.strip())
                for line in cell.source.splitlines()
                if len(line.strip()) > 12 and json.dumps(line.strip())[1:-1] not in released
            )
    for file in ("two_layer.py", f"{LESSON}.py"):
        for line in (REPOSITORY / "course" / "lessons" / file).read_text(encoding="utf-8").splitlines():
            if len(line.strip()) > 30:
                yield "oracle", line.strip()


def numbers_in(thing: Any) -> Iterator[str]:
    """Yield some numbers of every float array within a question, as text of six digits."""
    if isinstance(thing, np.ndarray) and thing.dtype.kind == "f":
        yield from (f"{value:.6f}".lstrip("-")[:7] for value in thing.ravel()[:20] if abs(value) > 0.01)
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from numbers_in(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from numbers_in(part)
    elif hasattr(thing, "__dict__"):
        yield from numbers_in(vars(thing))


@pytest.mark.parametrize("student", ["blank", "wrong"])
def test_nothing_hidden_is_shown(student: str, served: Served) -> None:
    hidden = list(hidden_words(served.root))
    assert {kind for kind, _ in hidden} == {"seed", "question", "solution", "oracle", "model answer"}
    handed_in = (served.root / "submitted" / student / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    for page in (feedback, view):
        text = shown_text(page(served, student))
        assert "backward" in text
        found = [(kind, word) for kind, word in hidden if word in text and json.dumps(word)[1:-1] not in handed_in]
        if page is view:
            assert {kind for kind, _ in found} == {"model answer"}, "who marks sees it, and nothing else"
        else:
            assert found == []


def test_below_a_written_answer_stands_how_it_is_marked(served: Served) -> None:
    text = shown_text(view(served, "blank"))
    assert text.count("How it is marked") == text.count("A model answer") == 1
    assert text.index("Your answer") < text.index("How it is marked") < text.index("A model answer")
    assert "MARK SCHEME" not in text and "END SOLUTION" not in text
