# mistake: not-all-parameters
# note: no biases

def make_optimizer(model, lr):
    return torch.optim.Adam([p for n, p in model.named_parameters() if n.endswith("weight")], lr=lr)
