# mistake: loss-not-scalar
# note: one loss for each example

def make_loss():
    return lambda y_pred, y: (y_pred - y).pow(2).sum(dim=1)
