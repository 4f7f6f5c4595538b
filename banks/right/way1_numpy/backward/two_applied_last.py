# note: all with half the gradient, the 2 in each result


def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    back = d @ w2.T
    gated = back * (h >= 0)
    return 2 * d, 2 * h_relu.T @ d, 2 * back, 2 * gated, 2 * x.T @ gated
