# mistake: dtype-changed
# note: half of the digits get lost

def make_loss():
    def loss(y_pred, y):
        d = y_pred.float() - y.float()
        return d.pow(2).sum().to(y.dtype)

    return loss
