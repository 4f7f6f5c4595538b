"""Execute notebooks in fresh kernels of this Python and keep their outputs, byte for byte reproducible."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import matplotlib
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course.building.built_notebooks import REPOSITORY, role_of
from course.building.expansion import metadata_in
from course.building.lesson import text_name
from course.errors import CourseError, course_error
from course.language import later, of_notebook, say

# A demonstration takes 3 s at most on a slow core; the first cell also imports torch and matplotlib.
CELL_TIMEOUT_S = 120
# The course requires two cores of a machine, and each kernel uses one thread.
N_KERNELS = 2

_STABLE = {
    # The last digits of sums depend on the number of threads, and so could a pixel of a plot.
    "OMP_NUM_THREADS": "1",
    # With a GPU, the notebooks would print and compute something else.
    "CUDA_VISIBLE_DEVICES": "",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MATPLOTLIBRC": os.path.join(matplotlib.get_data_path(), "matplotlibrc"),
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    # Otherwise the debugger warns about frozen modules whenever a kernel starts.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
# Environment variables of the machine or its user that would affect a kernel.
_PERSONAL = re.compile(
    r"PYTHON(STARTUP|WARNINGS|OPTIMIZE|DEBUG|INSPECT)|(MKL|OPENBLAS)_NUM_THREADS|IPYTHON.*|NBGRADER_.*"
)
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
# Base64 can contain any short word.
_PICTURE = re.compile(r"data:image/png;base64,[\w+/=]+")


class _ThisPython(KernelSpecManager):
    """Offer a single kernel, the interpreter running the build. An installed `python3` kernel may be any Python."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name=kernel_name, language="python")


def execute(notebooks: dict[str, NotebookNode]) -> None:
    """Execute the notebooks, given by lesson, in place, at most `N_KERNELS` at a time.

    Raises CourseError, naming the lesson text and the cell, if a cell raises, hangs, writes to stderr or has output
    that varies.
    """
    asyncio.run(_execute_all(notebooks))


async def _execute_all(notebooks: dict[str, NotebookNode]) -> None:
    free = asyncio.Semaphore(N_KERNELS)

    async def one(lesson: str, notebook: NotebookNode) -> None:
        async with free:
            started = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="course-build-") as folder:
                await _execute(text_name(lesson, of_notebook(notebook)), notebook, Path(folder))
            seconds = time.monotonic() - started
            told = say("{lesson}: {n} cells ran in {s:.0f} s", lesson=lesson, n=len(notebook.cells), s=seconds)
            print(told, flush=True)

    tasks = [asyncio.create_task(one(lesson, notebook)) for lesson, notebook in notebooks.items()]
    try:
        await asyncio.gather(*tasks)
    finally:
        # After the first error, or Ctrl-C, no kernel may outlive the build.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _execute(text: str, notebook: NotebookNode, folder: Path) -> None:
    """Execute the notebook of a lesson text with `folder` as working directory, so that no files land beside it."""
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=_ThisPython())
    if sys.platform != "win32":
        # Sockets in the build's own folder: nobody else can connect, and two builds cannot take the same port.
        manager.transport, manager.ip = "ipc", str(folder / "kernel")
    client = NotebookClient(notebook, km=manager, timeout=CELL_TIMEOUT_S, record_timing=False)
    try:
        await client.async_start_new_kernel(cwd=str(folder), env=_environment(folder))
        await client.async_start_new_kernel_client()
        for index, cell in enumerate(notebook.cells):
            try:
                await client.async_execute_cell(cell, index)
            except CellExecutionError as error:
                told = later("it raises {kind}: {why}\nFix it: a lesson has to run without errors.")
                raise _fault(told, text, cell, kind=error.ename, why=error.evalue) from None
            except CellTimeoutError:
                raise _fault("it runs longer than {s} s: make it shorter.", text, cell, s=CELL_TIMEOUT_S) from None
            except DeadKernelError:
                # nbclient raises the same error when it is cancelled, by Ctrl-C or because another lesson failed.
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    raise asyncio.CancelledError from None
                raise _fault("its Python process ended: look for an exit or a crash.", text, cell) from None
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            # Immediately: a graceful shutdown waits a second, and nothing in this kernel needs saving.
            await manager.shutdown_kernel(now=True)
    _clean(notebook)
    _refuse_what_varies(text, notebook, folder)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not _PERSONAL.fullmatch(name)}
    # The notebook imports `course`, whether or not the package is installed.
    packages = [str(REPOSITORY), kept.get("PYTHONPATH", "")]
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, packages)), "IPYTHONDIR": str(folder / ".ipython")}
    return kept | _STABLE | paths


def _clean(notebook: NotebookNode) -> None:
    notebook.metadata = metadata_in(of_notebook(notebook))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = _joined(cell.outputs)


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Merge consecutive outputs of one stream and drop empty displays: both depend on the machine's speed.

    A slow check displays a notice while it runs, and then clears it.
    """
    joined: list[NotebookNode] = []
    for output in outputs:
        if "data" in output and not any(output.data.values()):
            continue
        last = joined[-1] if joined else None
        if last is not None and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def _refuse_what_varies(text: str, notebook: NotebookNode, folder: Path) -> None:
    """Raise CourseError for outputs that another day or machine would not reproduce, or that upset scoring."""
    # A short path such as / or /root occurs in too many strings to search for.
    private = [str(path) for path in (folder, REPOSITORY, Path.home()) if len(path.parts) > 2]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            said = _text(output)
            if output.output_type == "stream" and output.name == "stderr":
                # nbgrader scores a check cell 0 for any stderr output, and nbval compares it.
                raise _fault(
                    "it writes to stderr: {text}\nFix what it warns about.", text, cell, text=said.strip()[:200]
                )
            if output.output_type == "execute_result" and role_of(cell) == "check":
                # nbgrader reads such a value as the score.
                raise _fault(
                    "it shows a value ({value}): a check cell shows none.", text, cell, value=said.strip()[:80]
                )
            if match := _ADDRESS.search(said):
                raise _fault(
                    "it prints a memory address ({address}), which differs at each run.", text, cell, address=match[0]
                )
            if any(path in said for path in private):
                raise _fault("it prints a path of this machine: print something else.", text, cell)


def _text(output: NotebookNode) -> str:
    data: dict[str, Any] = output.get("data", {})
    parts = [_PICTURE.sub("", value) for kind, value in data.items() if kind.startswith("text/")]
    return "\n".join([output.get("text", ""), *parts])


def _fault(what: str, text: str, cell: NotebookNode, /, **fields: Any) -> CourseError:
    return course_error("{file}, cell `{cell}`: {what}", file=text, cell=cell.id, what=say(what, **fields))
