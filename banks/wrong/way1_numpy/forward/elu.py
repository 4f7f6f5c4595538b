# mistake: other-activation
# note: elu


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, h, np.exp(h) - 1)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
