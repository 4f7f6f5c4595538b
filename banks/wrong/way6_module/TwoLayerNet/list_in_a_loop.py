# mistake: layers-in-list
# note: appended in a loop, for any number of layers
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = []
        for a, b in ((d_in, d_h), (d_h, d_out)):
            self.layers.append(nn.Linear(a, b))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i == 0:
                x = torch.relu(x)
        return x
