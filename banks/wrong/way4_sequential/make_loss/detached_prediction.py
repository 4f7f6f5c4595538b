# mistake: graph-cut
# note: nobody can go backward from here

def make_loss():
    def loss(y_pred, y):
        return (y_pred.detach() - y).pow(2).sum()

    return loss
