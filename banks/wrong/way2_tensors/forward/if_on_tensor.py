# mistake: if-on-array
# outcome: crashed
# note: an if for a whole tensor


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h if h > 0 else 0 * h
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
