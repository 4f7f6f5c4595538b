# mistake: layer-without-self
# outcome: crashed
# note: local names in __init__ are gone when forward runs

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        linear1 = torch.nn.Linear(d_in, d_h)
        linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))
