# mistake: other-activation
# note: a smooth ReLU, so close that a loose check lets it pass


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.logaddexp(0, h)
    return h, h_relu, h_relu @ w2
