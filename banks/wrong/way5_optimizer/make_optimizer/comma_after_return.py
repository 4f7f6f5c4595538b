# mistake: comma-makes-tuple
# outcome: fail
# note: a comma at the end makes a tuple of the optimizer

def make_optimizer(model, lr):
    return torch.optim.Adam(model.parameters(), lr=lr),
