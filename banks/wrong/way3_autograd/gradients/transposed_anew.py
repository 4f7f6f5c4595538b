# mistake: product-order
# outcome: crashed
# note: weights turned round

def gradients(x, y, w1, w2):
    y_pred = x.mm(w1.t()).clamp(min=0).mm(w2.t())
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
