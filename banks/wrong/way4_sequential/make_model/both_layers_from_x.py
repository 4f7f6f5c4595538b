# mistake: unused-layer
# note: the second layer reads x, the hidden layer is never used

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_in, d_out)

    def forward(self, x):
        return torch.relu(self.second(x))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
