# mistake: layers-in-list
# note: a Python dict hides them as well

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = {"hidden": torch.nn.Linear(d_in, d_h), "out": torch.nn.Linear(d_h, d_out)}

    def forward(self, x):
        return self.layers["out"](torch.relu(self.layers["hidden"](x)))
