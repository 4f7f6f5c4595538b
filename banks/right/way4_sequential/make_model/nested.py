import torch.nn as nn


def make_model(d_in, d_h, d_out):
    hidden = nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU())
    return nn.Sequential(hidden, nn.Linear(d_h, d_out))
