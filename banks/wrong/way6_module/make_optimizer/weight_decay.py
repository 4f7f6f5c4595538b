# mistake: other-optimizer
# note: weight decay, seen in another text

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, weight_decay=5e-4)
