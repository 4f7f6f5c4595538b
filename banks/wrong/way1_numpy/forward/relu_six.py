# mistake: relu-capped
# note: relu six


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 6)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
