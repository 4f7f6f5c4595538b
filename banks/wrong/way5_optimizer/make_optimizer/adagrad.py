# mistake: other-optimizer
# note: Adagrad, the entry above in the list

def make_optimizer(model, lr):
    return torch.optim.Adagrad(model.parameters(), lr=lr)
