# mistake: other-optimizer
# note: AdamW shrinks the weights as well

def make_optimizer(model, lr):
    return torch.optim.AdamW(model.parameters(), lr=lr)
