# mistake: graph-cut
# outcome: crashed
# note: detached the hidden layer; asks for a gradient of a weight that was not used

def gradients(x, y, w1, w2):
    h_relu = x.mm(w1).detach().clamp(min=0)
    loss = (h_relu.mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
