# mistake: other-optimizer
# note: another class that takes the same steps

def make_optimizer(model, lr):
    return torch.optim.ASGD(model.parameters(), lr=lr, lambd=0.0)
