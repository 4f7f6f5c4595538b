# note: the same steps, computed for all parameters at once

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, foreach=True)
