# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        rows = x.view(-1).split(x.shape[1])
        h = torch.stack([self.linear1(row) for row in rows])
        return self.linear2(torch.relu(h))
