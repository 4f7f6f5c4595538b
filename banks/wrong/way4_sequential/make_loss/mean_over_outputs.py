# mistake: output-mean
# note: averaged over the outputs, summed over the examples

def make_loss():
    return lambda y_pred, y: ((y_pred - y) ** 2).mean(dim=1).sum()
