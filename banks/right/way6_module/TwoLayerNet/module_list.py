from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d_in, d_h), nn.Linear(d_h, d_out)])

    def forward(self, x):
        first, second = self.layers
        return second(torch.relu(first(x)))
