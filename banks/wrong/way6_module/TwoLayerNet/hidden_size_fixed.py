# mistake: sizes-fixed
# note: only the hidden size, so every call runs

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, 100)
        self.linear2 = torch.nn.Linear(100, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))
