class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        for name, shape in {"w1": (d_in, d_h), "c1": (d_h,), "w2": (d_h, d_out), "c2": (d_out,)}.items():
            self.register_parameter(name, torch.nn.Parameter(0.1 * torch.randn(shape)))

    def forward(self, x):
        h_relu = torch.relu(x @ self.w1 + self.c1)
        return h_relu @ self.w2 + self.c2
