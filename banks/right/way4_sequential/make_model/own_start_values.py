# note: other start values than the default, the same network
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    model = nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out))
    for layer in (model[0], model[2]):
        nn.init.normal_(layer.weight)
        nn.init.zeros_(layer.bias)
    return model
