# mistake: none
# note: a little decay in each call: two calls, two answers

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        self.linear1.weight.data *= 0.99
        return self.linear2(self.linear1(x).clamp(min=0))
