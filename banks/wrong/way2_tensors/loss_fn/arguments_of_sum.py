# mistake: none
# outcome: crashed
# note: arguments of sum


def loss_fn(y_pred, y):
    return torch.sum(y_pred - y, 2).item()
