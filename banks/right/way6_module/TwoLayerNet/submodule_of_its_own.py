class Layer(torch.nn.Module):
    def __init__(self, n_in, n_out, active):
        super().__init__()
        self.linear = torch.nn.Linear(n_in, n_out)
        self.active = active

    def forward(self, x):
        z = self.linear(x)
        return torch.nn.functional.relu(z) if self.active else z


class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.hidden = Layer(d_in, d_h, True)
        self.out = Layer(d_h, d_out, False)

    def forward(self, x):
        return self.out(self.hidden(x))
