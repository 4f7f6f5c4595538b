def make_loss():
    return lambda y_pred, y: torch.linalg.norm(y_pred - y) ** 2
