# attack: a list of losses without end
# place: way1_numpy.train
# expect: graded 0
# ruff: noqa


class Endless(list):
    def __len__(self):
        return 3

    def __iter__(self):
        while True:
            yield 1.0


def train(x, y, w1, w2, lr, steps):
    return Endless([1.0] * 3)
