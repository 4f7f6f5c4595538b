# mistake: difference-of-squares
# note: squared before subtracting


def loss_fn(y_pred, y):
    return (y_pred.pow(2) - y.pow(2)).sum().item()
