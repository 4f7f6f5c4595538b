# mistake: other-optimizer
# note: the optimizer of the fifth way

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr)
