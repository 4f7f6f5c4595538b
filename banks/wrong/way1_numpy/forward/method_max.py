# mistake: max-reduces
# note: the method of the array, with 0 for the axis


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.max(0)
    return h, h_relu, h_relu @ w2
