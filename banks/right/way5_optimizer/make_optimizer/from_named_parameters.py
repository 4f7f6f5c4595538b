def make_optimizer(model, lr):
    return torch.optim.Adam([p for _, p in model.named_parameters()], lr=lr)
