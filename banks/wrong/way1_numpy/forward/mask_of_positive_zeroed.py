# mistake: relu-wrong-side
# note: sets the positive ones to zero


def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    h_relu[h_relu > 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
