# mistake: inputs-changed
# outcome: crashed
# note: writes the difference into the prediction

def make_loss():
    def loss(y_pred, y):
        y_pred -= y
        return y_pred.pow(2).sum()

    return loss
