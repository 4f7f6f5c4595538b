# mistake: max-reduces
# note: max over everything dot


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h)
    y_pred = np.dot(h_relu, w2)
    return h, h_relu, y_pred
