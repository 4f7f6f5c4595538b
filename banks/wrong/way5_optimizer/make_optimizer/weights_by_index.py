# mistake: not-all-parameters
# note: w1 and w2 were all there was before

def make_optimizer(model, lr):
    return torch.optim.Adam([model[0].weight, model[2].weight], lr=lr)
