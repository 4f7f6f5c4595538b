# note: boolean assignment on a copy


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h.copy()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
