"""Time a check: say when it is still running, and interrupt it at a time limit."""

from __future__ import annotations

import _thread
import contextvars
import html
import signal
import sys
import threading
import types
import uuid
from pathlib import Path
from typing import Any

from course.language import later, say
from course.notebook.output import display, shell_here

# Checking a right answer takes about a tenth of a second.
STILL_S = 5.0
# Grading allows ten seconds; a slow machine may take several times as long.
LIMIT_S = 60.0
STILL_RUNNING = later("The check is still running. The stop button (■) ends it and shows where your code is.")
OURS = str(Path(__file__).parents[1])  # as in `co_filename`, where links are not resolved


class _Interrupt:
    """A SIGINT handler during a check: raises KeyboardInterrupt, and again at each further line of student code.

    Otherwise a loop around a bare `except` would run forever. The exception is not raised again in the course's own
    code, which has to restore what it replaced.
    """

    def __init__(self) -> None:
        self._was_raised = False
        # None if the handler was not installed from Python, as in a kernel written in another language
        self._handler = signal.getsignal(signal.SIGINT) or signal.default_int_handler
        self._trace = sys.gettrace()
        signal.signal(signal.SIGINT, self)

    def remove(self) -> None:
        signal.signal(signal.SIGINT, self._handler)
        if self._was_raised:
            sys.settrace(self._trace)

    def __call__(self, _: int, frame: types.FrameType | None) -> None:
        students = []
        while frame is not None and frame.f_code.co_filename != str(Path(__file__).with_name("check.py")):
            if not frame.f_code.co_filename.startswith(OURS):
                students.append(frame)
            frame = frame.f_back
        if self._was_raised and not students:
            return
        self._was_raised = True
        sys.settrace(lambda *_: None)
        for each in students:
            each.f_trace = self._raise
        raise KeyboardInterrupt

    def _raise(self, frame: types.FrameType, event: str, _: Any) -> Any:
        if event != "line":
            return self._raise
        _thread.interrupt_main()  # tracing ends when a trace function raises; another SIGINT starts it again
        raise KeyboardInterrupt


class Watch:
    """A context manager that times a check: shows a line after STILL_S and raises KeyboardInterrupt after LIMIT_S.

    Enter it in the main thread, inside the `try` that catches KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.at_limit = False
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._line = ""
        self._interrupt: _Interrupt | None = None

    def __enter__(self) -> Watch:
        # newer kernels keep the running cell, to which output belongs, in the context
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._keep_time,), daemon=True).start()
        if threading.current_thread() is threading.main_thread():
            self._interrupt = _Interrupt()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Stop timing, because the check is done or a debugger waits for input."""
        with self._lock:
            self._over.set()
            line, self._line = self._line, ""
        if self._interrupt is not None:
            self._interrupt.remove()
            self._interrupt = None
        if line:
            display({"text/plain": "", "text/html": ""}, display_id=line, update=True)

    def _keep_time(self) -> None:
        if self._over.wait(STILL_S):
            return
        with self._lock:
            if shell_here() is not None and not self._over.is_set():
                self._line = uuid.uuid4().hex
                said = say(STILL_RUNNING)
                display({"text/plain": said, "text/html": f"<em>{html.escape(said)}</em>"}, display_id=self._line)
        if self._over.wait(LIMIT_S - STILL_S):
            return
        with self._lock:  # so that the check cannot end in between
            if not self._over.is_set():
                self.at_limit = True
                _thread.interrupt_main()
