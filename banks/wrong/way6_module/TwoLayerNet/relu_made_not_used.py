# mistake: no-relu
# note: the result of the activation goes nowhere
import torch.nn.functional as F


class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        F.relu(h)
        return self.linear2(h)
