# attack: raise an exception whose text is code, raises again, and has a name without end
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa


class Lie(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__


Lie.__name__ = "pass" * 10_000


def forward(x, w1, w2):
    raise Lie
