# mistake: loss-not-scalar
# note: reduction none


def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y, reduction="none")
