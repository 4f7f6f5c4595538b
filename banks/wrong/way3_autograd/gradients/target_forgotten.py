# mistake: forgot-target
# note: the loss of the prediction alone

def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = y_pred.pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
