# mistake: other-optimizer
# note: amsgrad=True: no difference in the first steps

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, amsgrad=True)
