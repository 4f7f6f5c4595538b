# mistake: graph-cut
# note: a product with a detached copy: half the gradient

def make_loss():
    def loss(y_pred, y):
        d = y_pred - y
        return (d * d.detach()).sum()

    return loss
