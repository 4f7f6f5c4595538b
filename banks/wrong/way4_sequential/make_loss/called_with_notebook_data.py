# mistake: loss-not-built
# note: called at once, with the notebook's data: a number, nothing to call

def make_loss():
    return torch.nn.MSELoss(reduction="sum")(model(x), y)
