# mistake: elementwise-product
# outcome: crashed
# note: a star for a product

def gradients(x, y, w1, w2):
    y_pred = (x * w1).clamp(min=0) * w2
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
