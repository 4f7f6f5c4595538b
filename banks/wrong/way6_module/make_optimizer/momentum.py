# mistake: other-optimizer
# note: momentum 0.9, as in most tutorials: no difference at the first step

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
