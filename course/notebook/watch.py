"""Keep the time of a check: say that it still runs, and end what does not come to an end."""

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

# A right answer to all questions of an exercise takes a tenth of a second.
STILL_S = 5.0
# Grading allows ten seconds; a slow machine may take several times as long.
LIMIT_S = 60.0
STILL_RUNNING = later("The check is still running. The stop button (■) ends it and shows where your code is.")
OURS = str(Path(__file__).resolve().parents[1])


class _Interrupt:
    """What SIGINT does while student code is asked: KeyboardInterrupt, again and again in whoever catches it.

    A loop around a bare `except` would go on for ever. Never in the course's own code, which has to put things back.
    """

    def __init__(self) -> None:
        self._was_raised = False
        # a kernel that is no Python program has a handler that Python does not know
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
        _thread.interrupt_main()  # Python stops tracing where a trace function raises: this begins anew
        raise KeyboardInterrupt


class Watch:
    """While it is entered, a thread keeps the time: a line after STILL_S, KeyboardInterrupt after LIMIT_S.

    Enter it in the main thread, inside of what catches KeyboardInterrupt.
    """

    def __init__(self) -> None:
        self.at_limit = False
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._line = ""
        self._interrupt: _Interrupt | None = None

    def __enter__(self) -> Watch:
        # what is displayed belongs to the cell that runs now: newer kernels keep that in the context
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._keep_time,), daemon=True).start()
        if threading.current_thread() is threading.main_thread():
            self._interrupt = _Interrupt()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Stop keeping the time: the check is done, or a debugger waits for a person."""
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
        with self._lock:  # not between the end of the check and that of this `with`
            if not self._over.is_set():
                self.at_limit = True
                _thread.interrupt_main()
