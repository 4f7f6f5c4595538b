# mistake: caret-not-power
# outcome: crashed
# note: caret sum


def loss_fn(y_pred, y):
    d = y_pred - y
    return torch.sum(d ^ 2).item()
