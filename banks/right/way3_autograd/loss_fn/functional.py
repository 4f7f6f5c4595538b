import torch.nn.functional as F


def loss_fn(x, y, w1, w2):
    return F.mse_loss(F.relu(x.mm(w1)).mm(w2), y, reduction="sum")
