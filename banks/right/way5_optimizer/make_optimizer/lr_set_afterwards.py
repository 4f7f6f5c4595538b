# note: what counts is the learning rate of the groups, not the default kept beside them

def make_optimizer(model, lr):
    optimizer = torch.optim.Adam(model.parameters())
    for group in optimizer.param_groups:
        group["lr"] = lr
    return optimizer
