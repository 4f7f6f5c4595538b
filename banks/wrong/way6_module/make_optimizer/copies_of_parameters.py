# mistake: trained-a-copy
# note: clones of the parameters: the model never moves

def make_optimizer(model, lr):
    return torch.optim.SGD([p.detach().clone().requires_grad_() for p in model.parameters()], lr=lr)
