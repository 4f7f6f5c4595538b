# mistake: none
# note: a slice left over: only the first ten examples

def make_loss():
    def loss(y_pred, y):
        return (y_pred[:10] - y[:10]).pow(2).sum()

    return loss
