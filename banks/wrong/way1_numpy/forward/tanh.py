# mistake: other-activation
# note: tanh


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.tanh(h)
    return h, h_relu, h_relu @ w2
