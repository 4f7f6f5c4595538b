# mistake: parameters-not-called
# outcome: crashed
# note: the parentheses of parameters

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters, lr=lr)
