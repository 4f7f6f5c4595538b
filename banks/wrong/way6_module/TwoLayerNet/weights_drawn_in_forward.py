# mistake: layers-in-forward
# note: weights drawn at each call

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.d_in, self.d_h, self.d_out = d_in, d_h, d_out

    def forward(self, x):
        w1 = torch.randn(self.d_in, self.d_h, dtype=x.dtype, device=x.device)
        w2 = torch.randn(self.d_h, self.d_out, dtype=x.dtype, device=x.device)
        return x.mm(w1).clamp(min=0).mm(w2)
