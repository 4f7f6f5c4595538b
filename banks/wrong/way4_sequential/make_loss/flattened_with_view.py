# mistake: needs-contiguous
# note: view wants its numbers in one row in memory

def make_loss():
    def loss(y_pred, y):
        return (y_pred.view(-1) - y.view(-1)).pow(2).sum()

    return loss
