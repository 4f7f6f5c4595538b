# mistake: layers-in-forward
# note: registered, but replaced at each call

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.d_in, self.d_h, self.d_out = d_in, d_h, d_out

    def forward(self, x):
        self.linear1 = torch.nn.Linear(self.d_in, self.d_h).to(x)
        self.linear2 = torch.nn.Linear(self.d_h, self.d_out).to(x)
        return self.linear2(torch.relu(self.linear1(x)))
