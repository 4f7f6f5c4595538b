def make_optimizer(model, lr):
    optimizer = torch.optim.SGD(model.parameters())
    optimizer.param_groups[0]["lr"] = lr
    return optimizer
