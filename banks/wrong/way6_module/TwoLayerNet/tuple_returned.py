# mistake: none
# note: all three, as forward of way 1 returned them

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        h_relu = h.clamp(min=0)
        return h, h_relu, self.linear2(h_relu)
