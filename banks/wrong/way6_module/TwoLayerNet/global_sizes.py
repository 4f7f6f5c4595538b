# mistake: sizes-fixed
# note: the notebook's constants

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(D_IN, D_H)
        self.linear2 = torch.nn.Linear(D_H, D_OUT)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))
