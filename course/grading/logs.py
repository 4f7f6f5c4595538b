"""The format of nbgrader's log on a terminal."""

from __future__ import annotations

import copy
import logging

from tornado.log import LogFormatter

from course.errors import plain_lines


class PlainFormatter(LogFormatter):
    """nbgrader's own formatter, with control characters escaped: names of files come from students."""

    def format(self, record: logging.LogRecord) -> str:
        shown = copy.copy(record)
        shown.msg, shown.args = plain_lines(record.getMessage()), ()
        return super().format(shown)
