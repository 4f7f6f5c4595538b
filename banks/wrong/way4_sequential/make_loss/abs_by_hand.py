# mistake: absolute-not-squared
# note: absolute values by hand

def make_loss():
    return lambda y_pred, y: (y_pred - y).abs().sum()
