# mistake: raw-tensors
# note: zeros that nobody will ever train

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out))
        self.b1 = torch.zeros(d_h)
        self.b2 = torch.zeros(d_out)

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1.to(x)) @ self.w2 + self.b2.to(x)
