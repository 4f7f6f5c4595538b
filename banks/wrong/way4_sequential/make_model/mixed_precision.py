# mistake: none
# note: autocast makes bfloat16 of float32

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = self.second(torch.relu(self.first(x)))
        return y_pred.to(x.dtype)


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
