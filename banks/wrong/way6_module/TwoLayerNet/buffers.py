# mistake: raw-tensors
# note: buffers move with the module, but nobody trains them

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.register_buffer("w1", torch.randn(d_in, d_h))
        self.register_buffer("b1", torch.zeros(d_h))
        self.register_buffer("w2", torch.randn(d_h, d_out))
        self.register_buffer("b2", torch.zeros(d_out))

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2
