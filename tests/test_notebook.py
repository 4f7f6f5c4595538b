"""`check` in a real kernel, for the ways in which a notebook goes wrong."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel
from nbgrader.utils import determine_grade

import course.notebook.check as check_module
from course.building.built_notebooks import REPOSITORY, notebook_path, reference_cells
from course.building.pipeline import unexecuted
from course.language import LANGUAGES, in_notebook, say, using
from course.notebook import CheckFailed
from course.notebook.check import NOT_STARTED
from course.notebook.watch import STILL_RUNNING, Watch

PATIENCE_S = 60.0
ENDLESS = "def forward(x, w1, w2):\n    steps = 0\n    while True:\n        steps += 1"
PARTLY = """
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (grad_h_relu > 0)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h
"""


@dataclass
class Page:
    """The outputs of a cell once it has ended."""

    outputs: list[dict[str, Any]] = field(default_factory=list)

    def take(self, kind: str, content: dict[str, Any]) -> None:
        display_id = content.pop("transient", {}).get("display_id")
        if kind == "update_display_data":
            for output in self.outputs:
                if display_id and output["display_id"] == display_id:
                    output["data"] = content["data"]
        elif kind in ("display_data", "execute_result", "error", "stream"):
            self.outputs.append({"output_type": kind, "display_id": display_id, **content})

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [output for output in self.outputs if output["output_type"] == kind]

    @property
    def box(self) -> str:
        """The message in plain text; there must be exactly one."""
        displayed = [o["data"]["text/plain"] for o in self.of("display_data") if o["data"]["text/plain"]]
        results = [o["data"]["text/markdown"][8:-4] for o in self.of("execute_result")]
        (message,) = displayed + results
        return str(message)

    @property
    def seen(self) -> list[str]:
        """What a page that renders HTML shows of each output."""
        rich = [o["data"].get("text/html", o["data"]["text/plain"]) for o in self.outputs if "data" in o]
        plain = ["\n".join(o["traceback"]) for o in self.of("error")] + [o["text"] for o in self.of("stream")]
        return [part for part in rich + plain if part]

    @property
    def points(self) -> tuple[float | None, float]:
        """The score and the maximum score that nbgrader reads from the outputs."""
        outputs = [nbformat.from_dict({k: v for k, v in o.items() if k != "display_id"}) for o in self.outputs]
        about = {"grade": True, "solution": False, "points": 8, "grade_id": "check", "locked": True}
        return determine_grade(nbformat.v4.new_code_cell(outputs=outputs, metadata={"nbgrader": about}))


class Notebook:
    """A notebook with a kernel, used as a person would: cells have ids, and prompts are answered."""

    def __init__(self) -> None:
        self.manager: KernelManager
        self.manager, self.client = start_new_kernel(startup_timeout=PATIENCE_S)

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(
        self,
        source: str,
        cell: str = "",
        *,
        typed: tuple[str, ...] = (),
        on_output: Callable[[str], object] | None = None,
    ) -> Page:
        """Run a cell to its end and return its outputs.

        typed: lines that answer its prompts. on_output: called with the plain text of everything that is displayed.
        """
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": True, "stop_on_error": False}
        request = self.client.session.msg("execute_request", content, metadata={"cellId": cell or str(hash(source))})
        self.client.shell_channel.send(request)
        page, lines, end = Page(), list(typed), time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if lines and self.client.stdin_channel.msg_ready():
                self.client.stdin_channel.get_msg()
                self.client.input(lines.pop(0))
            try:
                message = self.client.get_iopub_msg(timeout=0.05)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
                continue
            kind, said = message["msg_type"], message["content"]
            if kind == "status" and said["execution_state"] == "idle":
                return page
            page.take(kind, said)
            if on_output is not None and "data" in said:
                on_output(said["data"]["text/plain"])
        raise AssertionError("the cell did not come to an end")


@pytest.fixture(scope="module")
def kernel() -> Iterator[Notebook]:
    notebook = Notebook()
    yield notebook
    notebook.close()


RIGHT = reference_cells("way1_numpy")
FORWARD = RIGHT["forward"]


@pytest.fixture
def notebook(kernel: Notebook) -> Notebook:
    """The first lesson after its setup cell, with no function defined."""
    nothing = {**dict.fromkeys(RIGHT), "forwards": None}
    kernel.run(
        f"import numpy as np\nfrom course import start\nfrom course.notebook import session\n"
        f"session._SESSIONS.clear()\nglobals().update({nothing!r})\ncheck = start('way1_numpy')"
    )
    kernel.run("import course.notebook.watch as watch\nwatch.STILL_S, watch.LIMIT_S = 5.0, 60.0")
    return kernel


def test_the_stop_button_ends_an_endless_loop_and_shows_where_it_was(notebook: Notebook) -> None:
    notebook.run("watch.STILL_S = 0.2")
    notebook.run(ENDLESS, "forward")
    said: list[str] = []

    def stop(text: str) -> None:
        said.append(text)
        if text == STILL_RUNNING:
            notebook.manager.interrupt_kernel()

    page = notebook.run("check('forward')", on_output=stop)
    assert said[0] == STILL_RUNNING and STILL_RUNNING not in "".join(page.seen)
    assert "stopped, 0 of 4 points" in page.box
    assert "You stopped the check. It was here:\n    line 3: while True:" in page.box
    assert not any(word in part for part in page.seen for word in ("Traceback", "KeyboardInterrupt", "course/"))
    assert "✓" in notebook.run(f"{FORWARD}\ncheck('forward')").box, "a check after a stopped one is as any other"


def test_an_endless_loop_ends_at_the_limit(notebook: Notebook) -> None:
    notebook.run("watch.STILL_S, watch.LIMIT_S = 0.1, 0.3")
    notebook.run(ENDLESS, "forward")
    page = notebook.run("check('forward')")
    assert "timed out, 0 of 4 points" in page.box
    assert "is there an endless loop, or a very long one? It was here:\n    line 3: while True:" in page.box
    assert page.points == (0, 8)


def test_a_kernel_whose_handler_python_does_not_know_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(signal, "getsignal", lambda _: None)
            with Watch():
                pass
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


CAUGHT = """
def forward(x, w1, w2):
    while True:
        try:
            time.sleep(0.01)
        except:
            pass
"""
CAUGHT_TWICE = """
def forward(x, w1, w2):
    while True:
        try:
            while True:
                try:
                    x + 1
                except:
                    pass
        except:
            continue
        finally:
            x = x
"""


@pytest.mark.parametrize("caught", [CAUGHT, CAUGHT_TWICE])
def test_a_loop_that_catches_the_interrupt_ends_all_the_same(notebook: Notebook, caught: str) -> None:
    notebook.run("watch.STILL_S, watch.LIMIT_S = 0.1, 0.3\nimport time")
    notebook.run(caught, "forward")
    page = notebook.run("check('forward')")
    assert "timed out, 0 of 4 points" in page.box and ": while True:" in page.box
    assert "✓" in notebook.run(f"{FORWARD}\ncheck('forward')").box, "a check after it is as any other"


def test_a_right_run_before_a_broken_one_does_not_pass(notebook: Notebook) -> None:
    notebook.run(FORWARD, "forward")
    assert notebook.run("check('forward')").points == (8, 8)
    notebook.run(FORWARD.replace("    return", "      return"), "forward")
    page = notebook.run("check('forward')")
    assert "not run, 0 of 4 points" in page.box and page.points == (0, 8)
    assert "earlier version of `forward`: the last run of its cell failed (IndentationError" in page.box
    notebook.run(RIGHT["loss_fn"], "loss_fn")
    notebook.run(RIGHT["backward"] + "\n", "backward")
    notebook.run(RIGHT["train"], "train")
    used = notebook.run("check('train')")
    assert "Not judged: it uses an earlier version of your `forward`" in used.box and used.points == (0, 8)
    notebook.run(FORWARD, "forward")
    assert "✓" in notebook.run("check('forward')").box
    assert "✓" in notebook.run("check('train')").box


def test_a_function_that_was_renamed_is_missed(notebook: Notebook) -> None:
    notebook.run(FORWARD, "forward")
    notebook.run(FORWARD.replace("def forward", "def forwards"), "forward")
    page = notebook.run("check('forward')")
    assert "its cell does not define it any more" in page.box and page.points == (0, 8)


def test_a_cell_that_never_came_to_its_end_is_told_by_what_it_raised(notebook: Notebook) -> None:
    notebook.run("import a_package_that_nobody_has\n" + FORWARD, "forward")
    page = notebook.run("check('forward')")
    assert "has not been run" not in page.box and "crashed" in page.box
    assert "Your code raised ModuleNotFoundError" in page.box and "line 1: import a_package_that_nobody_has" in page.box
    notebook.run(FORWARD, "forward")
    assert "4 of 4 points" in notebook.run("check('forward')").box


def test_a_broken_copy_in_another_cell_is_no_false_alarm(notebook: Notebook) -> None:
    notebook.run(FORWARD, "forward")
    notebook.run(FORWARD.replace("    return", "      return"), "scratch")
    assert notebook.run("check('forward')").points == (8, 8)


def test_after_a_restart_it_says_what_no_cell_has_run(notebook: Notebook) -> None:
    page = notebook.run("check('forward')")
    assert "not run, 0 of 4 points" in page.box and "the cell of `forward` has not been run" in page.box
    notebook.run(RIGHT["train"], "train")
    page = notebook.run("check('train')")
    assert "the cells of `forward`, `loss_fn`, `backward` have not been run" in page.box
    assert "Run > Run All Above Selected Cell" in page.box and "did not pass" not in page.box


def test_without_the_setup_cell_it_says_what_to_run(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = notebook_path("release", "way1_numpy")
    (cell,) = (c for c in nbformat.read(str(lesson), as_version=4).cells if c.id == "check_forward")
    notebook.run("del check\nimport course.notebook.check\ncourse.notebook.check._started.clear()")
    page = notebook.run(cell.source)
    (error,) = page.of("error")
    assert "\n".join(error["traceback"]) == NOT_STARTED and page.points == (0, 8)
    notebook.run(f"from course import start\nstart('way1_numpy')\n{FORWARD}")
    assert "✓" in notebook.run(cell.source).box
    monkeypatch.setattr(check_module, "_started", [])
    chinese = tmp_path / "way1_numpy.ipynb"
    chinese.write_text(json.dumps({"metadata": in_notebook("zh")}))
    monkeypatch.setenv("JPY_SESSION_NAME", str(chinese))
    with pytest.raises(CheckFailed, match="运行"):
        check_module.started()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("package", "lesson", "cell", "said"),
    [
        ("course", "way1_numpy", "setup", "%pip install --no-index"),
        ("course", "way1_numpy", "check_forward", say("not found? Run the first code cell: it says what to install")),
        ("torch", "way2_tensors", "setup", "%pip install torch"),
    ],
)
def test_a_cell_that_misses_a_package_says_what_to_do(
    notebook: Notebook, package: str, lesson: str, cell: str, said: str, language: str
) -> None:
    made = unexecuted([lesson], REPOSITORY, language)[0][lesson]
    (source,) = (c.source for c in made.cells if c.id == cell)
    notebook.run(f"import sys\nhidden = {{n: sys.modules.pop(n) for n in [*sys.modules] if n == {package!r}}}")
    notebook.run(f"sys.modules[{package!r}] = None")
    (error,) = notebook.run(source).of("error")
    notebook.run(f"del sys.modules[{package!r}]\nsys.modules.update(hidden)")
    with using(language):
        assert say(said) in "\n".join(error["traceback"])


def test_part_of_the_points_is_one_number_to_nbgrader_and_the_box_to_the_eye(notebook: Notebook) -> None:
    notebook.run(PARTLY, "backward")
    page = notebook.run("check('backward')")
    assert len(page.seen) == 1 and "5 of 8 points" in page.seen[0] and page.seen[0].startswith("<div")
    assert [o["data"]["text/plain"] for o in page.of("execute_result")] == ["5.0"]
    assert page.points == (5.0, 8)


@pytest.mark.parametrize("parameters", ["x, w1, w2, w3", "x: torch.Tensor, w1, w2, w3"])
def test_a_changed_first_line_is_to_be_put_back(notebook: Notebook, parameters: str) -> None:
    notebook.run("import torch\n" + FORWARD.replace("x, w1, w2", parameters, 1), "forward")
    page = notebook.run("check('forward')")
    assert "put the first line back as it was: `def forward(x, w1, w2)`" in page.box and page.points == (0, 8)


def test_a_failing_product_is_shown_with_the_shapes_of_its_operands(notebook: Notebook) -> None:
    notebook.run("def forward(x, w1, w2):\n    h = x @ w1.T\n    return h, h, h @ w2", "forward")
    page = notebook.run("check('forward')")
    lines = page.box.splitlines()
    at = lines.index("    line 2: h = x @ w1.T")
    assert lines[at + 1] == "    x @ w1.T"
    assert lines[at + 2].count("(") == 2 and lines[at + 2].index("(") == lines[at + 1].index("x")
    assert lines[at + 1] in page.seen[0] or "x @ w1.T\n(" in page.seen[0]


def test_what_is_printed_is_shown_on_a_pass_and_cut_with_a_mark(notebook: Notebook) -> None:
    notebook.run(FORWARD.replace("    return", "    print('shape', x.shape)\n    return"), "forward")
    page = notebook.run("check('forward')")
    assert "✓ forward" in page.box and "Your code printed:\n    shape (" in page.box
    notebook.run(FORWARD.replace("    return", "    print('line\\n' * 50)\n    return"), "forward")
    page = notebook.run("check('forward')")
    assert page.box.count("    line") == 8 and page.box.splitlines()[-1] == "    …"


def test_a_progress_bar_does_no_harm(notebook: Notebook) -> None:
    looped = FORWARD.replace("    return", "    for _ in tqdm(range(2)):\n        pass\n    return")
    notebook.run(f"from tqdm import tqdm\n{looped}", "forward")
    assert "✓ forward" in notebook.run("check('forward')").box


def test_what_a_function_displays_is_shown_once_and_not_for_each_question(notebook: Notebook) -> None:
    shown = FORWARD.replace("    return", "    for _ in tqdm(range(2)):\n        display(x.shape)\n    return")
    notebook.run(f"from tqdm.auto import tqdm\n{shown}", "forward")
    page = notebook.run("check('forward')")
    assert "✓ forward" in page.box and len(page.seen) == 1
    assert page.box.count("Your code printed:") == 1 and "(7, 5)" in page.box
    assert notebook.run("display(1)").of("display_data")


def test_a_breakpoint_stops_in_the_students_function_once(notebook: Notebook) -> None:
    notebook.run(FORWARD.replace("    return", "    breakpoint()\n    return"), "forward")
    page = notebook.run("check('forward')", typed=("p 'seen', x.ndim", "c"))
    assert "('seen', 2)" in "".join(part["text"] for part in page.of("stream"))
    assert "✓ forward" in page.box


def test_a_debugger_lands_in_the_students_line(notebook: Notebook) -> None:
    notebook.run("def forward(x, w1, w2):\n    mine = 'here'\n    return 1 / 0", "forward")
    notebook.run("check('forward')")
    page = notebook.run("%debug", typed=("p 'seen', mine", "q"))
    assert "('seen', 'here')" in "".join(part["text"] for part in page.of("stream"))


def test_validate_says_what_the_check_says(notebook: Notebook) -> None:
    notebook.run(PARTLY, "backward")
    page = notebook.run(
        "import os\nos.environ['NBGRADER_VALIDATING'] = '1'\n"
        "try:\n    check('backward')\nfinally:\n    del os.environ['NBGRADER_VALIDATING']"
    )
    (error,) = page.of("error")
    assert "5 of 8 points" in error["traceback"][0] and "  ✗ grad_h       (7, 9)" in error["traceback"]
    assert all(len(line) <= 80 for line in error["traceback"])


def test_a_failed_check_shows_the_tiny_example_and_says_what_more_can_be_asked(notebook: Notebook) -> None:
    notebook.run(PARTLY, "backward")
    page = notebook.run("check('backward')")
    lines = page.box.splitlines()
    at = lines.index("`grad_h` in the tiny example of the text:")
    assert lines[at + 1 : at + 3] == ["    yours  [[2, 0], [0, 12]]", "    paper  [[2, -4], [-6, 0]]"]
    assert lines[-1].startswith('`check.hint("backward")` says more, `check.case("backward")`')
    assert "[[2, -4], [-6, 0]]" in page.seen[0] and "<code>grad_h</code> in the tiny example" in page.seen[0]
    (noted,) = [o["metadata"]["course"] for o in page.of("execute_result")]
    assert noted == {"points": 5.0, "of": 8.0}
    tried = notebook.run("[g.shape for g in backward(**check.case('backward'))]")
    assert "(7, 9)" in tried.of("execute_result")[0]["data"]["text/plain"]
    assert "Read again: “The gate”" in notebook.run("check.hint('backward')").box
    assert "✗ backward   5 of 8" in notebook.run("check.progress()").box
    notebook.run("check = start('way1_numpy')")
    assert "backward   not checked since the kernel started" in notebook.run("check.progress()").box
    assert "not checked" not in notebook.run(f"{FORWARD}\ncheck('forward')").box
    assert "check.case" not in notebook.run("check('forward')").box, "after a pass there is nothing to dig for"


def test_a_loop_that_ends_in_all_but_the_tiny_example_keeps_its_verdict(notebook: Notebook) -> None:
    notebook.run("watch.STILL_S, watch.LIMIT_S = 0.1, 1.0")
    notebook.run("def loss_fn(y_pred, y):\n    while y.shape == (2, 1):\n        pass\n    return 0.0", "loss_fn")
    page = notebook.run("check('loss_fn')")
    assert "not yet, 0 of 2 points" in page.box and "tiny example" not in page.box


def test_the_case_of_a_stopped_check_is_the_one_it_was_in(notebook: Notebook) -> None:
    notebook.run("watch.STILL_S, watch.LIMIT_S = 0.1, 0.3")
    notebook.run("def forward(x, w1, w2):\n    while x.dtype == 'float32':\n        pass\n    return None", "forward")
    assert "timed out" in notebook.run("check('forward')").box
    told = notebook.run("check.case('forward')").of("execute_result")[0]["data"]["text/plain"]
    assert "while x.dtype == 'float32':" in told and "float32" in told.partition("Its arguments:")[2]
