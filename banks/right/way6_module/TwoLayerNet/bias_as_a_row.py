# note: biases of shape (1, d): a row that is added to each example

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h))
        self.b1 = torch.nn.Parameter(torch.zeros(1, d_h))
        self.b2 = torch.nn.Parameter(torch.zeros(1, d_out))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out))

    def forward(self, x):
        h = torch.mm(x, self.w1) + self.b1
        return torch.mm(torch.relu(h), self.w2) + self.b2
