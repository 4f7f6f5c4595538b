# mistake: loss-not-built
# outcome: crashed
# note: the parentheses behind MSELoss

def make_loss():
    return torch.nn.MSELoss
