# mistake: absolute-value
# note: np.abs


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.abs(h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
