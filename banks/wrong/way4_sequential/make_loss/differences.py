# mistake: not-squared
# note: no square

def make_loss():
    return lambda y_pred, y: (y_pred - y).sum()
