# mistake: leaky-relu
# note: 0.01 of the negatives kept in place


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    h_relu[h_relu < 0] *= 0.01
    return h, h_relu, h_relu @ w2
