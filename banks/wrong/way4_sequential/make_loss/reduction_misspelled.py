# mistake: none
# outcome: crashed
# note: total is no reduction torch knows

def make_loss():
    return torch.nn.MSELoss(reduction="total")
