# mistake: root-of-mean
# note: root of the mean


def loss_fn(y_pred, y):
    return torch.sqrt(torch.mean((y_pred - y) ** 2)).item()
