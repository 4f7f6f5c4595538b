# mistake: relu-on-output
# note: relu both products


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = np.maximum(h_relu @ w2, 0)
    return h, h_relu, y_pred
