"""JupyterLab as a student sees it: `course lab --student` on a free port, opened in Debian's Chromium."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ElementHandle, Page, sync_playwright

from tests.course_factory import REPOSITORY
from tests.waiting import until

CHROMIUM = shutil.which("chromium")
WAIT_S = 60
SIZES = {800: 1400, 1400: 1400}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
NOTEBOOK = "window.jupyterapp?.shell.currentWidget"
CELL = f"{NOTEBOOK}.content.widgets.find(w => w.model.id === id)"


def chromium() -> str:
    """Return the browser's path, or skip the test; on CI fail instead, as no page would have been checked."""
    if CHROMIUM is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no Chromium here, so no page was looked at: apt install chromium")
    return str(CHROMIUM)


@contextlib.contextmanager
def served(course: Path, private: Path) -> Iterator[str]:
    """Run `course lab --student` in a course's folder; yield its URL.

    private: an empty folder, used instead of the Jupyter settings of the account that runs the tests.
    """
    own = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    environment = {
        **os.environ,
        **{f"JUPYTER_{name}": str(private / name) for name in own},
        "IPYTHONDIR": str(private / "ipython"),
    }
    words = ["--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True"]
    with (private / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "course", "lab", "--student", *words],
            cwd=course,
            env={**environment, "PYTHONPATH": str(REPOSITORY)},
            stdout=log,
            stderr=log,
        )
    try:
        noted = private / "RUNTIME_DIR" / f"jpserver-{server.pid}.json"
        until(lambda: server.poll() is not None or noted.is_file() and noted.read_text().endswith("}"), "JupyterLab")
        assert noted.is_file(), (private / "log").read_text()[-2000:]
        at = json.loads(noted.read_text())
        yield f"{at['url']}?token={at['token']}"
    finally:
        server.terminate()
        server.wait(30)


class Lab:
    """A page of JupyterLab; methods about a notebook refer to the one in front."""

    def __init__(self, page: Page, folder: Path, pictures: Path) -> None:
        self.page, self.folder, self.pictures = page, folder, pictures
        self.outside: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if not request.url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:")):
            self.outside.append(request.url)

    def command(self, name: str, **arguments: str) -> None:
        # Without the braces the driver would serialize what a command returns: a widget and everything it refers to.
        script = "async ([name, given]) => { await window.jupyterapp.commands.execute(name, given) }"
        self.page.evaluate(script, [name, arguments])

    # Notebooks

    def open(self, path: str) -> None:
        self.command("docmanager:open", path=path)
        self.wait_for(path)

    def wait_for(self, path: str) -> None:
        """Wait until a notebook is in front and its kernel is ready."""
        self.page.wait_for_function(
            f"""path => {{
                const panel = {NOTEBOOK};
                return panel?.context?.path === path && panel.context.isReady && panel.sessionContext.isReady
                    && panel.sessionContext.session?.kernel?.status === 'idle'
            }}""",
            arg=path,
            polling=50,
        )

    def follow(self, target: str) -> str:
        """Click on the link to a notebook, as a student does; return the title of the tab that is then in front."""
        number = self.page.evaluate(
            f"""target => {{
                const cells = {NOTEBOOK}.content.widgets;
                return cells.findIndex(w => w.model.type === 'markdown' && w.model.sharedModel.source.includes(target))
            }}""",
            f"{target}/{target}.ipynb" if target != "START" else "START.ipynb",
        )
        assert number >= 0, f"no link to {target}"
        link = self._node(number).wait_for_selector(f"a[href*='{target}.ipynb']")
        assert link is not None
        link.click()
        self.wait_for("START.ipynb" if target == "START" else f"{target}/{target}.ipynb")
        return self.page.locator(".lm-TabBar-tab.jp-mod-current").inner_text()

    def close(self, path: str = "") -> None:
        """Close a notebook, or all of them, discarding unsaved changes, and shut down the kernel."""
        self.page.evaluate(
            """async path => {
                for (const widget of [...window.jupyterapp.shell.widgets('main')]) {
                    if (widget.context && (!path || widget.context.path === path)) {
                        await widget.context.revert();
                        await widget.sessionContext.shutdown();
                        widget.dispose()
                    }
                }
            }""",
            path,
        )

    def save(self) -> None:
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+s")
        self.page.wait_for_function(f"!{NOTEBOOK}.context.model.dirty")

    # Cells

    def _node(self, number: int) -> ElementHandle:
        self.page.evaluate(f"async number => {{ await {NOTEBOOK}.content.scrollToItem(number) }}", number)
        node = self.page.wait_for_function(
            f"""number => {{
                const widget = {NOTEBOOK}.content.widgets[number];
                return widget.node.isConnected && !widget.isPlaceholder() && widget.node
            }}""",
            arg=number,
        ).as_element()
        assert node is not None
        return node

    def number(self, cell: str) -> int:
        return int(self.page.evaluate(f"id => {NOTEBOOK}.content.widgets.findIndex(w => w.model.id === id)", cell))

    def node(self, cell: str) -> ElementHandle:
        return self._node(self.number(cell))

    def fill(self, cell: str, source: str) -> None:
        """Replace a cell's text, by mouse and keyboard."""
        editor = self.node(cell).wait_for_selector(".cm-content")
        assert editor is not None
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        assert self.page.evaluate(f"id => {CELL}.model.sharedModel.source", cell) == source

    def said(self, cell: str) -> str:
        """Return the visible text below a cell, once there is any."""
        area = self.node(cell).wait_for_selector(".jp-Cell-outputWrapper")
        assert area is not None
        return str(until(area.inner_text, f"something below {cell}"))

    def figures(self) -> list[str]:
        """Return the ids of the cells with a picture in their output."""
        return list(
            self.page.evaluate(
                f"""{NOTEBOOK}.content.widgets.filter(w => w.model.type === 'code'
                    && JSON.stringify(w.model.outputs.toJSON()).includes('"image/png"')).map(w => w.model.id)"""
            )
        )

    def having(self, source: str) -> str:
        """Return the id of the first code cell that contains some source text."""
        return str(
            self.page.evaluate(
                f"""source => {NOTEBOOK}.content.widgets.find(w => w.model.type === 'code'
                    && w.model.sharedModel.source.includes(source)).model.id""",
                source,
            )
        )

    def errors(self) -> list[str]:
        """Return the ids of the cells that ended in an error."""
        return list(
            self.page.evaluate(
                f"""{NOTEBOOK}.content.widgets.filter(w => w.model.type === 'code'
                    && w.model.outputs.toJSON().some(o => o.output_type === 'error')).map(w => w.model.id)"""
            )
        )

    # Running

    def menu(self, menu: str, entry: str) -> None:
        self.page.get_by_role("menubar").get_by_text(menu, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()

    def forget(self, cell: str) -> None:
        """Reset a cell's execution count so that its next run is noticed: after a restart the count may be the same."""
        self.page.evaluate(f"id => {{ const cell = {CELL}; cell.model.executionCount = null }}", cell)

    def run_by(self, first: str, menu: str, entry: str) -> None:
        """Run cells from a menu and wait until they finish. first: the first of these cells."""
        self.forget(first)
        self.menu(menu, entry)
        self.wait_for_end(first)

    def wait_for_end(self, first: str) -> None:
        self.page.wait_for_function(
            f"""id => {CELL}.model.executionCount > 0 && {NOTEBOOK}.content.widgets.every(w => w.prompt !== '*')
                && {NOTEBOOK}.sessionContext.session.kernel.status === 'idle'""",
            arg=first,
            polling=100,  # polling every frame would cost more than the run itself
        )

    def run(self, cell: str, *, wait: bool = True) -> None:
        """Run one cell with Ctrl+Enter."""
        self.forget(cell)
        self.choose(cell)
        self.page.keyboard.press("Control+Enter")
        if wait:
            self.wait_for_end(cell)

    def restart(self) -> None:
        """Restart the kernel from the menu, and wait until it is ready again."""
        self.menu("Kernel", "Restart Kernel…")
        self.page.evaluate(
            f"""() => {{
                window.restarted = false;
                {NOTEBOOK}.sessionContext.statusChanged.connect((_, status) => {{
                    window.restarted ||= status.includes('restarting')
                }})
            }}"""
        )
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function(f"window.restarted && {NOTEBOOK}.sessionContext.session.kernel.status === 'idle'")

    def choose(self, cell: str) -> None:
        editor = self.node(cell).wait_for_selector(".cm-content")
        assert editor is not None
        editor.click()

    def run_new(self, below: str, source: str) -> str:
        """Run a line in a new cell below another; return the visible output."""
        self.choose(below)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        new = str(self.page.evaluate(f"{NOTEBOOK}.content.activeCell.model.id"))
        self.fill(new, source)
        self.run(new)
        return self.said(new)

    # Pictures

    def picture(self, name: str, *cells: str, all_looks: bool = False) -> None:
        """Save pictures of cells' outputs, light and wide; with all_looks also dark and narrow, which takes longer."""
        for theme, title in THEMES.items() if all_looks else [("light", THEMES["light"])]:
            self.command("apputils:change-theme", theme=title)
            self.page.wait_for_function(
                "light => document.body.dataset.jpThemeLight === light", arg=str(theme == "light").lower()
            )
            for width, height in SIZES.items() if all_looks else [max(SIZES.items())]:
                self.page.set_viewport_size({"width": width, "height": height})
                for cell in cells:
                    area = self.node(cell).wait_for_selector(".jp-Cell-outputWrapper")
                    assert area is not None
                    area.screenshot(path=self.pictures / f"{name}-{cell}-{width}-{theme}.png")


@contextlib.contextmanager
def looked_at(address: str, folder: Path, pictures: Path) -> Iterator[Lab]:
    """Open a JupyterLab URL in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(WAIT_S * 1000)
        lab = Lab(page, folder, pictures)
        page.goto(address)
        lab.wait_for("START.ipynb")
        yield lab
        browser.close()
