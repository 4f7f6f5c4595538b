# mistake: other-optimizer
# note: an option that does nothing without momentum

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, dampening=0.5)
