# mistake: other-optimizer
# note: NAdam

def make_optimizer(model, lr):
    return torch.optim.NAdam(model.parameters(), lr=lr)
