# note: layers that find the number of inputs at the first call

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.LazyLinear(d_h)
        self.linear2 = torch.nn.LazyLinear(d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))
