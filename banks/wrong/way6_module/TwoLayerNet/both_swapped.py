# mistake: linear-sizes-swapped
# outcome: crashed
# note: (out, in), as the weight is stored

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_h, d_in)
        self.linear2 = torch.nn.Linear(d_out, d_h)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))
