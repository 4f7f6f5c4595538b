# mistake: forgot-target
# note: the prediction alone

def make_loss():
    def loss(y_pred, y):
        return y_pred.pow(2).sum()

    return loss
