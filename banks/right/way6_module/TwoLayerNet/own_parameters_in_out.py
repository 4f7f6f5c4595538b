# note: matrices of its own, stored (in, out) as in ways 1 to 3

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h) / d_in**0.5)
        self.b1 = torch.nn.Parameter(torch.randn(d_h))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out) / d_h**0.5)
        self.b2 = torch.nn.Parameter(torch.randn(d_out))

    def forward(self, x):
        h = x.mm(self.w1) + self.b1
        return h.clamp(min=0).mm(self.w2) + self.b2
