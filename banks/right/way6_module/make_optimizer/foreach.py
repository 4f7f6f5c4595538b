def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, foreach=False)
