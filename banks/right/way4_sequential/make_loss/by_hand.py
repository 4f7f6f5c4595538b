def make_loss():
    def loss(y_pred, y):
        return (y_pred - y).pow(2).sum()

    return loss
