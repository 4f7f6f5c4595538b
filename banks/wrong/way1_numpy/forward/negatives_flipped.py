# mistake: absolute-value
# note: a minus sign where a zero belongs


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    h_relu[h < 0] = -h_relu[h < 0]
    return h, h_relu, h_relu @ w2
