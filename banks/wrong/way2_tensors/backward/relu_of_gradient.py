# mistake: mask-from-gradient-sign
# note: relu forward, relu backward


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = torch.relu(grad_h_relu)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h
