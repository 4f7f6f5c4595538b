from torch import nn


class TwoLayers(nn.Sequential):
    def __init__(self, d_in, d_h, d_out):
        super().__init__(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out))


def make_model(d_in, d_h, d_out):
    return TwoLayers(d_in, d_h, d_out)
