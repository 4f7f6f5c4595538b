from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        nn.Module.__init__(self)
        self.layers = nn.ModuleDict({"a": nn.Linear(d_in, d_h), "b": nn.Linear(d_h, d_out)})

    def forward(self, x):
        h = self.layers["a"](x)
        return self.layers["b"](torch.where(h > 0, h, torch.zeros_like(h)))
