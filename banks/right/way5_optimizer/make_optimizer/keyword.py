def make_optimizer(model, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    return optimizer
