# mistake: other-activation
# note: tanh

def gradients(x, y, w1, w2):
    y_pred = torch.tanh(x.mm(w1)).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
