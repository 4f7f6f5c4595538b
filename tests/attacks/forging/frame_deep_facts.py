# attack: answer with facts nested so deep that reading them fails
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import sys

inside, asking = sys.modules["course.sandbox.sandboxed"], sys.modules["course.runner"]


def ask(namespace, question):
    deep = []
    for _ in range(200):
        deep = [deep]
    return asking.Answer({}, {"changed": deep, "uses": [{"a": 1}], "shapes": 7, "settings": "x"})


inside.ask = ask
