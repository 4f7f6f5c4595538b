# mistake: absolute-not-squared
# note: L1Loss

def make_loss():
    return torch.nn.L1Loss(reduction="sum")
