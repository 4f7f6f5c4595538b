# mistake: mean-not-sum
# note: batch size default


def loss_fn(y_pred, y):
    return torch.nn.MSELoss()(y_pred, y).item()
