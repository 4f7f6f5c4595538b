# mistake: none
# outcome: crashed
# note: a single number cannot be walked through

def make_loss():
    def loss(y_pred, y):
        return sum((d**2).sum() for d in (y_pred - y).squeeze())

    return loss
