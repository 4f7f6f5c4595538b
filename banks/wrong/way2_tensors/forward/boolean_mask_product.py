# mistake: relu-is-mask
# outcome: crashed
# note: boolean mask product


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h > 0
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
