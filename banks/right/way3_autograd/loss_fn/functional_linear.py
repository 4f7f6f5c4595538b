import torch.nn.functional as F


def loss_fn(x, y, w1, w2):
    y_pred = F.linear(F.linear(x, w1.t()).relu(), w2.t())
    return torch.square(y - y_pred).sum()
