# mistake: trained-a-copy
# note: new leaves with the same values: the model never moves

def make_optimizer(model, lr):
    params = [p.detach().clone().requires_grad_() for p in model.parameters()]
    return torch.optim.Adam(params, lr=lr)
