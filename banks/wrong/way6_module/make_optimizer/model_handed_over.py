# mistake: model-not-parameters
# outcome: crashed
# note: the model itself instead of its parameters

def make_optimizer(model, lr):
    return torch.optim.SGD([model], lr=lr)
