def make_optimizer(model, lr):
    learning = filter(lambda p: p.requires_grad, model.parameters())
    return torch.optim.Adam(learning, lr=lr)
