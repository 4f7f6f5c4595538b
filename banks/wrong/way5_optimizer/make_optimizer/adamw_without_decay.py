# mistake: other-optimizer
# note: the other class with its difference switched off

def make_optimizer(model, lr):
    return torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.0)
