# mistake: needs-contiguous
# note: view wants its numbers in one row in memory

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        rows = x.view(-1).view(x.shape)
        return self.second(torch.relu(self.first(rows)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
