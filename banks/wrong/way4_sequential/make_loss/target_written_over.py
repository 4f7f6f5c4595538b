# mistake: inputs-changed
# note: the residual is written into y

def make_loss():
    def loss(y_pred, y):
        y -= y_pred
        return (y * y).sum()

    return loss
