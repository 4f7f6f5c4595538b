# mistake: none
# note: dropout, seen in another text

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.drop = torch.nn.Dropout(0.5)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.drop(torch.relu(self.linear1(x))))
