# mistake: none
# outcome: crashed
# note: the two arguments in the other order

def make_optimizer(model, lr):
    return torch.optim.Adam(lr, model.parameters())
