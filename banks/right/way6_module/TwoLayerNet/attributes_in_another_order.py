# note: parameters() lists the second layer first
import torch.nn as nn
import torch.nn.functional as F


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.output = nn.Linear(d_h, d_out)
        self.hidden = nn.Linear(d_in, d_h)

    def forward(self, x):
        x = F.relu(self.hidden(x))
        return self.output(x)
