# mistake: inputs-changed
# note: x is brought to unit size first, in place


def forward(x, w1, w2):
    x /= np.abs(x).max()
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
