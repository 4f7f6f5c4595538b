# mistake: absolute-value
# note: maximum of h and minus h


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, -h)
    return h, h_relu, h_relu @ w2
