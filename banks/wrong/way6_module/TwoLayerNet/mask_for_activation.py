# mistake: relu-is-mask
# note: who is on, not how strongly; the first layer gets no gradient

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2((h > 0).to(h.dtype))
