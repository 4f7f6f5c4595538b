# mistake: super-with-arguments
# outcome: crashed
# note: Module wants no sizes

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__(d_in, d_h, d_out)
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))
