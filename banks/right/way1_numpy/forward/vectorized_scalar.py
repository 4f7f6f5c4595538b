# note: a function of one number, vectorized


def relu(value):
    return value if value > 0 else value * 0


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.vectorize(relu, otypes=[h.dtype])(h)
    return h, h_relu, h_relu @ w2
