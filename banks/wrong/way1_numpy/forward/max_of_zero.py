# mistake: max-reduces
# outcome: crashed
# note: np.max(0, h): h is taken for the axis


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.max(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred
