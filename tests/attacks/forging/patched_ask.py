# attack: replace the asking side by one that hands in zeros of the right shapes
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import sys

import numpy as np

inside, answers = sys.modules["course.sandbox.sandboxed"], sys.modules["course.runner"]


def ask(namespace, question):
    zero = answers.Value("array", "numpy.ndarray", np.zeros((3, 3)), "float64")
    names = ["x", "y", "w1", "w2", "h", "h_relu", "y_pred", "loss", "losses", "grad_w1", "grad_w2"]
    return answers.Answer({name: zero for name in names}, {"changed": []})


inside.ask = ask
