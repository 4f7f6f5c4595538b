# mistake: forward-returns-none
# note: the result is kept in an attribute

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        self.h = torch.relu(self.linear1(x))
        self.y_pred = self.linear2(self.h)
        return
