# mistake: relu-capped
# note: clamp with both bounds


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(0, 1)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
