# mistake: uphill
# note: maximize=True

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, maximize=True)
