# mistake: inputs-changed
# note: -= writes into y_pred


def loss_fn(y_pred, y):
    y_pred -= y
    return torch.sum(y_pred * y_pred).item()
