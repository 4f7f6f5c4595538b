# mistake: none
# outcome: crashed
# note: asks for the number of examples too

class TwoLayerNet(torch.nn.Module):
    def __init__(self, n, d_in, d_h, d_out):
        super().__init__()
        self.n = n
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))
