# mistake: not-all-parameters
# note: next() gives the first one

def make_optimizer(model, lr):
    return torch.optim.Adam([next(model.parameters())], lr=lr)
