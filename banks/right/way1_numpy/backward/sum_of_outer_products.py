# note: one sample at a time, outer products added up


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.zeros_like(w2)
    grad_w1 = np.zeros((x.shape[1], h.shape[1]), dtype=x.dtype)
    grad_h_relu = np.zeros_like(h)
    grad_h = np.zeros_like(h)
    for i in range(x.shape[0]):
        grad_w2 += np.outer(h_relu[i], grad_y_pred[i])
        grad_h_relu[i] = w2 @ grad_y_pred[i]
        grad_h[i] = np.where(h[i] > 0, grad_h_relu[i], 0)
        grad_w1 += np.outer(x[i], grad_h[i])
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
