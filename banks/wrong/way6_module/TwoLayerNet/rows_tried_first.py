# mistake: none
# note: a slice left over from trying things out: only the first ten examples

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = torch.relu(self.linear1(x[:10]))
        return self.linear2(h)
