from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.fc1 = nn.Linear(d_in, d_h)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.fc2(self.relu(self.fc1(x)))
