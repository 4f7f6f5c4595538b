def make_optimizer(model, lr):
    return torch.optim.Adam(model.named_parameters(), lr=lr)
