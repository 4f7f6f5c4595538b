# mistake: other-optimizer
# note: ASGD, one line above in the list

def make_optimizer(model, lr):
    return torch.optim.ASGD(model.parameters(), lr=lr)
