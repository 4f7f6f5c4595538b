# mistake: relu-on-output
# note: every layer gets its activation, the last one too


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = np.maximum(0, h_relu.dot(w2))
    return h, h_relu, y_pred
