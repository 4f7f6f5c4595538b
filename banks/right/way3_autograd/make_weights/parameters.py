from torch import nn


def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = nn.Parameter(torch.randn(d_in, d_h, dtype=dtype, device=device))
    w2 = nn.Parameter(torch.randn(d_h, d_out, dtype=dtype, device=device))
    return w1, w2
