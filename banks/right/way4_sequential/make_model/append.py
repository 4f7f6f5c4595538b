import torch.nn as nn


def make_model(d_in, d_h, d_out):
    net = nn.Sequential()
    net.append(nn.Linear(d_in, d_h))
    net.append(nn.ReLU())
    net.append(nn.Linear(d_h, d_out))
    return net
