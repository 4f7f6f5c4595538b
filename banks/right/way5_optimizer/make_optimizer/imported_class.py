from torch.optim import Adam


def make_optimizer(model, lr):
    return Adam(params=model.parameters(), lr=lr)
