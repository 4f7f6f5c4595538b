# mistake: none
# note: dropout between the layers: two calls differ
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Dropout(0.5), nn.Linear(d_h, d_out))
