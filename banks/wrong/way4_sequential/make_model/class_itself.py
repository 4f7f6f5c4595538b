# mistake: none
# note: the class, not an object of it

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

    def forward(self, x):
        return self.layers(x)


def make_model(d_in, d_h, d_out):
    return Net
