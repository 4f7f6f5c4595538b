class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        sizes = [(d_in, d_h), (d_h,), (d_h, d_out), (d_out,)]
        self.weights = torch.nn.ParameterList(torch.nn.Parameter(torch.randn(*s)) for s in sizes)

    def forward(self, x):
        w1, b1, w2, b2 = self.weights
        return (x @ w1 + b1).clip(min=0) @ w2 + b2
