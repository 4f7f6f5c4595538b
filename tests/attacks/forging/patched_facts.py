# attack: say of every fact what a judge would like to hear
# place: way2_tensors first
# expect: graded 0
# ruff: noqa

import sys


class Liar(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, {"changed": [], "n_results": 3, "n_wanted": 3}.get(key, True))

    def get(self, key, default=None):
        return True


answer = sys.modules["course.runner.answer"].Answer
before = answer.__init__


def init(self, *args, **kwargs):
    before(self, *args, **kwargs)
    object.__setattr__(self, "facts", Liar(self.facts))
    object.__setattr__(self, "failure", None)


answer.__init__ = init
