# attack: claim that a device failed, so that nothing can be graded
# place: way2_tensors first
# expect: graded 0
# ruff: noqa
import sys

inside, asking = sys.modules["course.sandbox.sandboxed"], sys.modules["course.runner"]
inside.ask = lambda namespace, question: asking.Answer(failure=asking.Failure("device"))
