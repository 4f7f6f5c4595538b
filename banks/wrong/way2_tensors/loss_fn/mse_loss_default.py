# mistake: mean-not-sum
# note: the library's loss averages unless told otherwise


def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item()
