# mistake: none
# note: a fresh start for the weights, which nobody asked for

def make_optimizer(model, lr):
    for p in model.parameters():
        p.data.zero_()
    return torch.optim.SGD(model.parameters(), lr=lr)
