from torch.optim import SGD


def make_optimizer(model, lr):
    sgd = SGD(params=list(model.parameters()), lr=lr)
    return sgd
