# mistake: generator-used-up
# outcome: crashed
# note: a generator expression, walked through before

def make_optimizer(model, lr):
    trained = (p for p in model.parameters() if p.requires_grad)
    print(len(list(trained)), "parameters")
    return torch.optim.SGD(trained, lr=lr)
