# attack: answer with facts of types no check expects, to make the judge stumble
# place: way4_sequential first
# expect: graded 0
# ruff: noqa

import sys

inside, asking = sys.modules["course.sandbox.sandboxed"], sys.modules["course.runner"]
inside.ask = lambda namespace, question: asking.Answer(
    {}, {"changed": 1, "uses": 3, "shapes": 7, "settings": "x", "order": {}, "calls": [], "n_wanted": "y", "reached": 2}
)
