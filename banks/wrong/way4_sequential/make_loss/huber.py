# mistake: other-loss
# note: straight lines far out

def make_loss():
    return torch.nn.HuberLoss(reduction="sum")
