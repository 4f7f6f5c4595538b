# mistake: root-of-loss
# note: the norm

def make_loss():
    return lambda y_pred, y: torch.sqrt(((y_pred - y) ** 2).sum())
