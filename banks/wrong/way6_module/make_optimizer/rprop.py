# mistake: other-optimizer
# note: Rprop

def make_optimizer(model, lr):
    return torch.optim.Rprop(model.parameters(), lr=lr)
