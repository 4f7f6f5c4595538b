# mistake: sizes-fixed
# note: N * D_OUT of the notebook


def loss_fn(y_pred, y):
    return torch.nn.functional.mse_loss(y_pred, y).item() * N * D_OUT
