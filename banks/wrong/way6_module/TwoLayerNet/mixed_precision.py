# mistake: none
# note: autocast makes bfloat16 of float32

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = torch.relu(self.linear1(x))
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = self.linear2(h)
        return y_pred.to(x.dtype)
