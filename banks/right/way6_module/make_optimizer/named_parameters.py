def make_optimizer(model, lr):
    return torch.optim.SGD(model.named_parameters(), lr)
