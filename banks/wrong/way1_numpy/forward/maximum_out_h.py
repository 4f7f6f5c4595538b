# mistake: h-overwritten
# note: out= the array that is still needed


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0, out=h)
    return h, h_relu, h_relu @ w2
