from torch import optim


def make_optimizer(model, lr):
    params = list(model.parameters())
    return optim.Adam(params, lr=lr)
