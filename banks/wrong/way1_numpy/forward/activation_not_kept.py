# mistake: no-relu
# note: np.maximum is called, its result is thrown away


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h.copy()
    np.maximum(h_relu, 0)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
