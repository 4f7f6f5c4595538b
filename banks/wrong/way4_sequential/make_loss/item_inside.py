# mistake: loss-is-a-number
# note: a float has no history

def make_loss():
    def loss(y_pred, y):
        return (y_pred - y).pow(2).sum().item()

    return loss
