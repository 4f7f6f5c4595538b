# attack: answer fewer questions than were asked
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import sys

inside = sys.modules["course.sandbox.sandboxed"]
real = inside.answer
inside.answer = lambda namespace, questions, out: real(namespace, questions[:1], out)
