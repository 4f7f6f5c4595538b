def make_optimizer(model, lr):
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() <= 1]
    return torch.optim.Adam([{"params": biases, "lr": lr}, {"params": weights, "lr": lr}])
