# mistake: order-of-results
# note: the most important result first


def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return y_pred, h, h_relu
