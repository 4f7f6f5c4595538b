# mistake: other-activation
# note: swish


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h / (1 + np.exp(-h))
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
