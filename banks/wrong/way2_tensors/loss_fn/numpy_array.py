# mistake: array-not-tensor
# note: a NumPy array that keeps both axes


def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).sum(dim=(0, 1), keepdim=True).cpu().numpy()
