# mistake: lr-ignored
# note: the default of 1e-3

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters())
