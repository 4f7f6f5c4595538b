# mistake: no-super-init
# outcome: crashed
# note: the parentheses of super are missing

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super.__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))
