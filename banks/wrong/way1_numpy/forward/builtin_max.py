# mistake: if-on-array
# outcome: crashed
# note: Python's own max wants one answer for the whole array


def forward(x, w1, w2):
    h = x @ w1
    h_relu = max(h, 0)
    return h, h_relu, h_relu @ w2
