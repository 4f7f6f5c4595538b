# mistake: none
# note: huber


def loss_fn(y_pred, y):
    return torch.nn.functional.huber_loss(y_pred, y, reduction="sum").item()
