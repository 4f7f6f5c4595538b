# mistake: none
# note: a slice left over from trying things out: only the first ten examples

def gradients(x, y, w1, w2):
    y_pred = x[:10].mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y[:10]).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
