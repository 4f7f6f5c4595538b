# mistake: global-not-argument
# note: notebook weight


def forward(a, b, c):
    h = a @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2
