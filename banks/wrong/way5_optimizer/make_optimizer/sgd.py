# mistake: other-optimizer
# note: plain gradient descent

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr)
