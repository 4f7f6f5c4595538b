# mistake: mean-not-sum
# note: mean by hand

def make_loss():
    return lambda y_pred, y: ((y_pred - y) ** 2).mean()
