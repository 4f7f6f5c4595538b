# note: biases of shape (1, d)

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h) * 0.1)
        self.b1 = torch.nn.Parameter(torch.zeros(1, d_h))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out) * 0.1)
        self.b2 = torch.nn.Parameter(torch.zeros(1, d_out))

    def forward(self, x):
        return (x @ self.w1 + self.b1).clamp(min=0) @ self.w2 + self.b2


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
