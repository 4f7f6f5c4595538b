# mistake: absolute-not-squared
# note: norm one


def loss_fn(y_pred, y):
    return torch.norm(y_pred - y, p=1).item()
