# mistake: no-forward
# outcome: crashed
# note: a letter is missing

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def foward(self, x):
        return self.second(torch.relu(self.first(x)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
