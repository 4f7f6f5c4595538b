def make_optimizer(model, lr):
    return torch.optim.SGD([{"params": [p]} for p in model.parameters()], lr=lr)
