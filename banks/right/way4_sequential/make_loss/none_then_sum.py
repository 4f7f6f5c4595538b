def make_loss():
    each = torch.nn.MSELoss(reduction="none")
    return lambda y_pred, y: each(y_pred, y).sum()
