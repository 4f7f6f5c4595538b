def make_optimizer(model, lr):
    return torch.optim.SGD([{"params": model.parameters()}], lr)
