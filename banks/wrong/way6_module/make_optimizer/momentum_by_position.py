# mistake: other-optimizer
# note: the third place is momentum

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr, 0.9)
