# mistake: comma-makes-tuple
# outcome: crashed
# note: a comma after the layer makes a tuple of it

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h),
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))
