# note: no nn.Linear: matrices stored (in, out), biases of their own

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.b2 = torch.nn.Parameter(torch.zeros(d_out))
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h) / d_in**0.5)
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out) / d_h**0.5)
        self.b1 = torch.nn.Parameter(torch.zeros(d_h))

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
