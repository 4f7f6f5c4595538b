# mistake: no-super-init
# outcome: crashed
# note: layers put into a module that is none yet

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
