# mistake: layers-in-list
# note: a Python list hides the layers from the module

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = [torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)]

    def forward(self, x):
        return self.layers[1](self.layers[0](x).clamp(min=0))
