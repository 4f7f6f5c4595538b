# note: numel times mse


def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item() * y.numel()
