# attack: pack a pickle that would run in the grader in place of an answer
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import pickle
import sys


class Bomb:
    def __reduce__(self):
        return eval, ("print('REACH' + 'ED')",)


sys.modules["course.worker.inside"].pack_answers = lambda answers: pickle.dumps(Bomb())
sys.modules["course.worker.inside"].answer_in_fork = lambda *_: pickle.dumps(Bomb())
