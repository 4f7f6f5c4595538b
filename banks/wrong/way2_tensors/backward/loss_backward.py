# mistake: autograd-used
# outcome: refused
# note: the forward pass once more, with the recorder on


def backward(x, y, w2, h, h_relu, y_pred):
    h = h.clone().requires_grad_()
    w2 = w2.clone().requires_grad_()
    h_relu = h.relu()
    h_relu.retain_grad()
    y_pred = h_relu.mm(w2)
    y_pred.retain_grad()
    (y_pred - y).pow(2).sum().backward()
    return y_pred.grad, w2.grad, h_relu.grad, h.grad, x.t().mm(h.grad)
