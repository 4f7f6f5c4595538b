
class Net(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        first, second = self.layers
        h = first(x)
        return second(torch.where(h > 0, h, torch.zeros_like(h)))


def make_model(d_in, d_h, d_out):
    return Net([d_in, d_h, d_out])
