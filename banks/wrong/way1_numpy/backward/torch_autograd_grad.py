# mistake: autograd-used
# outcome: refused
# note: torch.autograd.grad for two of the five

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    p = torch.from_numpy(np.array(y_pred)).requires_grad_()
    (g,) = torch.autograd.grad(((p - torch.from_numpy(np.array(y))) ** 2).sum(), p)
    grad_y_pred = g.numpy()
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.T @ grad_h
