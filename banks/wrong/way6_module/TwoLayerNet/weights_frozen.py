# mistake: frozen-parameters
# note: the first layer is switched off for training

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        for p in self.linear1.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))
