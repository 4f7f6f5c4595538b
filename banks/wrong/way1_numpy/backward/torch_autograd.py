# mistake: autograd-used
# outcome: refused
# note: torch's recorder fetched in, the numbers are right

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    hidden = torch.tensor(h, requires_grad=True)
    weight = torch.tensor(w2, requires_grad=True)
    on = hidden.relu()
    on.retain_grad()
    out = on @ weight
    out.retain_grad()
    ((out - torch.tensor(y)) ** 2).sum().backward()
    grad_h = hidden.grad.numpy()
    return out.grad.numpy(), weight.grad.numpy(), on.grad.numpy(), grad_h, x.T @ grad_h
