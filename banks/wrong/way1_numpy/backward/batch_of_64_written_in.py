# mistake: sizes-fixed
# outcome: crashed
# note: a loop over exactly 64 samples


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w2, grad_w1 = 0, 0
    for i in range(64):
        grad_w2 = grad_w2 + np.outer(h_relu[i], grad_y_pred[i])
        grad_w1 = grad_w1 + np.outer(x[i], grad_h[i])
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
