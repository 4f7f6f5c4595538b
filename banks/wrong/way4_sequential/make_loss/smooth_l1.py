# mistake: other-loss
# note: looked like the sum of both ideas

def make_loss():
    return torch.nn.SmoothL1Loss(reduction="sum")
