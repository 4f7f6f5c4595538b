# note: all in one expression


def forward(x, w1, w2):
    return (h := x @ w1), (h_relu := np.maximum(h, 0)), h_relu @ w2
