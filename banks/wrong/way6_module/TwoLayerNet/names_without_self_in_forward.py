# mistake: layer-without-self
# outcome: crashed
# note: forward forgets self in front of the layers

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return linear2(linear1(x).clamp(min=0))
