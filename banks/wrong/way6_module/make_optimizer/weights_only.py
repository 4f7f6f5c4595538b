# mistake: not-all-parameters
# note: no biases

def make_optimizer(model, lr):
    return torch.optim.SGD([p for p in model.parameters() if p.dim() > 1], lr=lr)
