# mistake: square-of-sum
# note: summed first, squared afterwards

def make_loss():
    return lambda y_pred, y: (y_pred - y).sum() ** 2
