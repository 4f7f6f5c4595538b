# mistake: other-optimizer
# note: betas of another text

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr, betas=(0.5, 0.999))
