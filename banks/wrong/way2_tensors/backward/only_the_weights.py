# mistake: too-few-results
# note: the two that are needed


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h = grad_y_pred.mm(w2.t()) * (h > 0)
    return x.t().mm(grad_h), h_relu.t().mm(grad_y_pred)
