# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred.view(-1) - y.view(-1)).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
