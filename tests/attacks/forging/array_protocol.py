# attack: hand back objects that turn into whatever array the judge holds
# place: way1_numpy.loss_fn
# expect: graded 0
# ruff: noqa


class Anything(float):
    def __float__(self):
        return float("nan")

    def __eq__(self, other):
        return True

    def __rsub__(self, other):
        return 0.0

    def __array__(self, *_, **__):
        raise RuntimeError("whatever you have")


def loss_fn(y_pred, y):
    return Anything(1.0)
