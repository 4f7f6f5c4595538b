# mistake: none
# outcome: crashed
# note: the layers of a deeper model, counted by hand

def make_optimizer(model, lr):
    layers = [model[0], model[2], model[4]]
    parameters = [p for layer in layers for p in layer.parameters()]
    return torch.optim.Adam(parameters, lr=lr)
