# note: matrices of its own, stored (out, in) as nn.Linear does
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.bias2 = nn.Parameter(torch.zeros(d_out))
        self.weight2 = nn.Parameter(torch.empty(d_out, d_h))
        self.bias1 = nn.Parameter(torch.zeros(d_h))
        self.weight1 = nn.Parameter(torch.empty(d_h, d_in))
        nn.init.xavier_normal_(self.weight1)
        nn.init.xavier_normal_(self.weight2)

    def forward(self, x):
        h = nn.functional.linear(x, self.weight1, self.bias1)
        return torch.addmm(self.bias2, h.relu(), self.weight2.T)
