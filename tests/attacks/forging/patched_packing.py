# attack: pack a pickle that would run in the grader in place of an answer
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import pickle
import sys


class Bomb:
    def __reduce__(self):
        return eval, ("print('REACH' + 'ED')",)


inside = sys.modules["course.sandbox.sandboxed"]
inside.packed_parts = lambda answers: [pickle.dumps(Bomb())] * 2
inside.answer = lambda namespace, questions, out: inside.frames.send(out, inside.frames.ANSWERED, pickle.dumps(Bomb()))
