# mistake: squares-subtracted
# note: the square of each, then the difference

def make_loss():
    return lambda y_pred, y: (y_pred**2 - y**2).sum()
