from functools import partial

import torch.nn.functional as F


def make_loss():
    return partial(F.mse_loss, reduction="sum")
