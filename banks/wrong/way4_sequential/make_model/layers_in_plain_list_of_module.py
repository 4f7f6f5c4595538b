# mistake: layers-in-list
# note: a module that keeps its layers in a plain list: parameters() is empty

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = [torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)]

    def forward(self, x):
        return self.layers[1](torch.relu(self.layers[0](x)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
