from torch import nn


def make_loss():
    loss_fn = nn.MSELoss(reduction="sum")
    return loss_fn
