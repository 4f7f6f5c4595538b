# mistake: layers-in-wrong-order
# outcome: crashed
# note: linear2 first

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear1(self.linear2(x).clamp(min=0))
