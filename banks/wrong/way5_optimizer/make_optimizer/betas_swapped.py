# mistake: other-optimizer
# note: the two betas in the wrong order

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, betas=(0.999, 0.9))
