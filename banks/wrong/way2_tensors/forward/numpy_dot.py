# mistake: none
# outcome: crashed
# note: numpy dot


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
