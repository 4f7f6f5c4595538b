# mistake: global-not-argument
# note: the signature was renamed, the body was not

def make_optimizer(net, lr):
    return torch.optim.SGD(model.parameters(), lr=lr)
