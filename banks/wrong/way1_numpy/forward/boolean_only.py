# mistake: relu-is-mask
# note: the comparison itself


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h > 0
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
