# mistake: no-super-init
# outcome: crashed
# note: super() alone
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super()
        self.w1 = nn.Parameter(torch.randn(d_in, d_h))
        self.b1 = nn.Parameter(torch.zeros(d_h))
        self.w2 = nn.Parameter(torch.randn(d_h, d_out))
        self.b2 = nn.Parameter(torch.zeros(d_out))

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2
