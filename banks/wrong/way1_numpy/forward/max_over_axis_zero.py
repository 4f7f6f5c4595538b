# mistake: max-reduces
# note: np.max(h, 0) means axis 0: one row is left


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.max(h, 0)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
