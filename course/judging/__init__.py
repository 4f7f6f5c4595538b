"""Turn answers into a verdict, and a verdict into a message. Knows the exercise model but no lesson."""

from course.judging.card import as_line, as_summary, as_text
from course.judging.html import as_html, bundles
from course.judging.judge import judge
from course.judging.text import substitution_note

__all__ = ["as_html", "as_line", "as_summary", "as_text", "bundles", "judge", "substitution_note"]
