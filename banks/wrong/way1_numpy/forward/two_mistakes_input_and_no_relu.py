# mistake: relu-on-input
# note: two mistakes input and no relu


def forward(x, w1, w2):
    h = np.maximum(x, 0) @ w1
    h_relu = h
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
