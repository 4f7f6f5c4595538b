# mistake: unused-layer
# note: an output layer that is made and never called

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.hidden = torch.nn.Linear(d_in, d_h)
        self.predict = torch.nn.Linear(d_h, d_out)
        self.output = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.predict(torch.relu(self.hidden(x)))
