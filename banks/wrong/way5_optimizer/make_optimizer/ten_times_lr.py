# mistake: none
# note: a larger one, because Adam can take it

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=10 * lr)
