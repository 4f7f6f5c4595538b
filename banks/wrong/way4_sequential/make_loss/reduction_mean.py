# mistake: mean-not-sum
# note: asked for the mean

def make_loss():
    return torch.nn.MSELoss(reduction="mean")
