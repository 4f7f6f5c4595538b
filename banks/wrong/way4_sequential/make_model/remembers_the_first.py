# mistake: remembers
# note: the last layer keeps its first result


class Last(torch.nn.Linear):
    def forward(self, h):
        if not hasattr(self, "out"):
            self.out = super().forward(h)
        return self.out


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), Last(d_h, d_out))
