# mistake: returns-none
# note: the inner function forgets its return

def make_loss():
    def loss(y_pred, y):
        (y_pred - y).pow(2).sum()

    return loss
