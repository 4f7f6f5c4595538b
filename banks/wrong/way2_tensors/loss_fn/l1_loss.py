# mistake: absolute-not-squared
# note: the library's L1 loss with sum


def loss_fn(y_pred, y):
    return torch.nn.L1Loss(reduction="sum")(y_pred, y).item()
