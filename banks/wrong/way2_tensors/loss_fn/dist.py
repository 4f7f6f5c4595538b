# mistake: root-of-loss
# note: the distance itself


def loss_fn(y_pred, y):
    return torch.dist(y_pred, y).item()
