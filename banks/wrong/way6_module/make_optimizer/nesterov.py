# mistake: other-optimizer
# note: Nesterov's momentum

def make_optimizer(model, lr):
    return torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9, nesterov=True)
