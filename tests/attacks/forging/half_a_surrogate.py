# attack: print and raise text that no file can hold
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa

print("\ud800 \udfff \x00 \x1b[2J")


def forward(x, w1, w2):
    raise ValueError("\ud800")
