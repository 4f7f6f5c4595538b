# mistake: lr-ignored
# note: 1e-4 of the text

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=1e-4)
