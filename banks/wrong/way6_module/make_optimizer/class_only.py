# mistake: optimizer-not-built
# note: the class, without parameters

def make_optimizer(model, lr):
    return torch.optim.SGD
