# mistake: loss-not-built
# outcome: crashed
# note: the data go into the constructor: torch complains about a Boolean

def make_loss():
    return lambda y_pred, y: torch.nn.MSELoss(y_pred, y)
