# mistake: loss-not-built
# note: reads y_pred and y of the notebook

def make_loss():
    return ((y_pred - y) ** 2).sum()
