import torch.nn.functional as F


def make_loss():
    return lambda y_pred, y: F.mse_loss(y_pred, y, reduction="sum")
