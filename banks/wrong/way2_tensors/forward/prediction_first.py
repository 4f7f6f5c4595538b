# mistake: order-of-results
# note: y_pred first


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return y_pred, h_relu, h
