# mistake: lr-ignored
# note: SGD has a default now, and takes it silently

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters())
