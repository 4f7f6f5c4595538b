# mistake: lr-ignored
# note: lr = 1e-4 is the first line, as in the original

def make_optimizer(model, lr):
    lr = 1e-4
    optimizer = torch.optim.Adam(model.parameters(), lr)
    return optimizer
