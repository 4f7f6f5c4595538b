# note: a function for each layer, inside no_grad


def linear_back(inputs, weight, grad_out):
    return grad_out.mm(weight.t()), inputs.t().mm(grad_out)


@torch.no_grad()
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu, grad_w2 = linear_back(h_relu, w2, grad_y_pred)
    grad_h = grad_h_relu * h.gt(0)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
