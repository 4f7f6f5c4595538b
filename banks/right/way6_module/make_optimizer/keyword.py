from torch import optim


def make_optimizer(model, lr):
    return optim.SGD(model.parameters(), lr=lr)
