# mistake: not-all-parameters
# note: all of this model, not all of any model

def make_optimizer(model, lr):
    return torch.optim.Adam([model[0].weight, model[0].bias, model[2].weight, model[2].bias], lr=lr)
