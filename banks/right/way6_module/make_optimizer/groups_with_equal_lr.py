def make_optimizer(model, lr):
    weights = [p for n, p in model.named_parameters() if p.ndim == 2]
    rest = [p for n, p in model.named_parameters() if p.ndim != 2]
    return torch.optim.SGD([{"params": weights, "lr": lr}, {"params": rest, "lr": lr}])
