# mistake: mean-not-sum
# note: mean() again

def gradients(x, y, w1, w2):
    loss = ((torch.relu(x @ w1) @ w2 - y) ** 2).mean()
    return torch.autograd.grad(loss, (w1, w2))
