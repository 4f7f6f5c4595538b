# note: every layer its own group, all with the same learning rate

def make_optimizer(model, lr):
    groups = [{"params": list(layer.parameters())} for layer in model.children()]
    groups = [g for g in groups if g["params"]]
    return torch.optim.Adam(groups, lr=lr)
