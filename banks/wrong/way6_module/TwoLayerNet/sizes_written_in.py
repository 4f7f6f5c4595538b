# mistake: sizes-fixed
# outcome: crashed
# note: 1000, 100, 10

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(1000, 100)
        self.linear2 = torch.nn.Linear(100, 10)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))
