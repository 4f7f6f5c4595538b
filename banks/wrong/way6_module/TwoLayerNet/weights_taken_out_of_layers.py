# mistake: raw-tensors
# note: computed from a Parameter: a plain tensor

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h)) / d_in**0.5
        self.b1 = torch.nn.Parameter(torch.zeros(d_h)) * 1.0
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out)) / d_h**0.5
        self.b2 = torch.nn.Parameter(torch.zeros(d_out)) * 1.0

    def forward(self, x):
        h = x @ self.w1.to(x) + self.b1.to(x)
        return torch.relu(h) @ self.w2.to(x) + self.b2.to(x)
