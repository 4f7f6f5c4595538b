# mistake: leaky-relu
# note: a slope below zero

def gradients(x, y, w1, w2):
    y_pred = torch.nn.functional.leaky_relu(x.mm(w1)).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
