# mistake: none
# outcome: crashed
# note: zeros in double precision, whatever the inputs are

class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.first(x)
        zeros = torch.zeros(h.shape, dtype=torch.float64, device=h.device)
        return self.second(torch.maximum(h, zeros))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)
