# mistake: no-relu
# note: wrote the forward pass again and forgot the activation

def gradients(x, y, w1, w2):
    loss = (x.mm(w1).mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
