# attack: answer fewer questions than were asked
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import sys

inside = sys.modules["course.worker.inside"]
real = inside.answer_in_fork
inside.answer_in_fork = lambda namespace, questions, seconds: real(namespace, questions[:1], seconds)
