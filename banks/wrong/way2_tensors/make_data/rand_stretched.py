# mistake: uniform-around-zero
# note: 2 rand - 1: mean zero, but not normal


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = 2 * torch.rand(n, d_in, dtype=dtype, device=device) - 1
    y = 2 * torch.rand(n, d_out, dtype=dtype, device=device) - 1
    w1 = 2 * torch.rand(d_in, d_h, dtype=dtype, device=device) - 1
    w2 = 2 * torch.rand(d_h, d_out, dtype=dtype, device=device) - 1
    return x, y, w1, w2
