# note: no matrix product at all: broadcast and sum


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.stack([(h_relu * column[:, None]).sum(0) for column in grad_y_pred.T], axis=1)
    grad_h_relu = np.stack([(grad_y_pred * row).sum(1) for row in w2], axis=1)
    grad_h = np.copy(grad_h_relu)
    grad_h[h_relu == 0] = 0
    grad_w1 = np.stack([(x * column[:, None]).sum(0) for column in grad_h.T], axis=1)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
