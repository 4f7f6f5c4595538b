# mistake: layers-in-forward
# note: new layers, new weights, at each call

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.sizes = d_in, d_h, d_out

    def forward(self, x):
        d_in, d_h, d_out = self.sizes
        linear1 = torch.nn.Linear(d_in, d_h).to(x)
        linear2 = torch.nn.Linear(d_h, d_out).to(x)
        return linear2(linear1(x).clamp(min=0))
