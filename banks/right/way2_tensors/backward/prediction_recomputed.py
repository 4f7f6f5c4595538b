# note: h_relu and y_pred made again from h


def backward(x, y, w2, h, h_relu, y_pred):
    h_relu = torch.relu(h)
    y_pred = h_relu @ w2
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = torch.tensordot(h_relu, grad_y_pred, dims=([0], [0]))
    grad_h_relu = torch.tensordot(grad_y_pred, w2, dims=([1], [1]))
    grad_h = torch.where(h > 0, grad_h_relu, 0.0)
    grad_w1 = torch.tensordot(x, grad_h, dims=([0], [0]))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
