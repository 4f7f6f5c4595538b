# mistake: raw-tensors
# note: tensors as in the third way, no parameters

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.randn(d_in, d_h, requires_grad=True)
        self.b1 = torch.zeros(d_h, requires_grad=True)
        self.w2 = torch.randn(d_h, d_out, requires_grad=True)
        self.b2 = torch.zeros(d_out, requires_grad=True)

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
