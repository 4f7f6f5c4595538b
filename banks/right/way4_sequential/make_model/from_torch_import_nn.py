from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h, bias=True), nn.ReLU(inplace=True), nn.Linear(d_h, d_out))
