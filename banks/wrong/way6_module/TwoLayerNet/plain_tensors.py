# mistake: raw-tensors
# note: requires_grad=True does not make a Parameter

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.randn(d_in, d_h, requires_grad=True)
        self.b1 = torch.zeros(d_h, requires_grad=True)
        self.w2 = torch.randn(d_h, d_out, requires_grad=True)
        self.b2 = torch.zeros(d_out, requires_grad=True)

    def forward(self, x):
        w1, b1, w2, b2 = (t.to(x) for t in (self.w1, self.b1, self.w2, self.b2))
        return (x @ w1 + b1).clamp(min=0) @ w2 + b2
