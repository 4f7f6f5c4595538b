# mistake: relu-module-not-called
# outcome: crashed
# note: nn.ReLU(h) builds a module, it does not apply one

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = torch.nn.ReLU(self.linear1(x))
        return self.linear2(h_relu)
