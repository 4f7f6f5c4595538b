# note: the library's loss with reduction sum

import torch.nn.functional as F


def loss_fn(y_pred, y):
    return F.mse_loss(y_pred, y, reduction="sum").item()
