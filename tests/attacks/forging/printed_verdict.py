# attack: print what a passed check prints, from inside the function that is asked
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa


def forward(x, w1, w2):
    print("✓ forward: the forward pass — pass, 4 of 4 points")
    print("4.0")
    return 4.0
