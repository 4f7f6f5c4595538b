# mistake: generator-used-up
# outcome: crashed
# note: the parameters were counted first

def make_optimizer(model, lr):
    parameters = model.parameters()
    print("parameters:", sum(p.numel() for p in parameters))
    return torch.optim.Adam(parameters, lr=lr)
