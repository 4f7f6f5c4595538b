# mistake: not-all-parameters
# note: only the first layer

def make_optimizer(model, lr):
    return torch.optim.Adam(model[0].parameters(), lr=lr)
