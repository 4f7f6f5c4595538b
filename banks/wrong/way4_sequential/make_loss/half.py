# mistake: half-loss
# note: the convenient factor

def make_loss():
    return lambda y_pred, y: 0.5 * torch.nn.functional.mse_loss(y_pred, y, reduction="sum")
