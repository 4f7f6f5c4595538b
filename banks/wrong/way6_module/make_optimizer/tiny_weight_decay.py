# mistake: other-optimizer
# note: so small that no step shows it

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr, weight_decay=1e-12)
