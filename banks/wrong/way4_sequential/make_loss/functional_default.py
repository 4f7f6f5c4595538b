# mistake: mean-not-sum
# note: the function itself: its default averages too
import torch.nn.functional as F


def make_loss():
    return F.mse_loss
