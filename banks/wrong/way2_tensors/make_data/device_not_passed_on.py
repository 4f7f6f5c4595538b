# mistake: device-ignored
# note: device is never used: shows only on another device than the CPU


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype)
    y = torch.randn(n, d_out, dtype=dtype)
    w1 = torch.randn(d_in, d_h, dtype=dtype)
    w2 = torch.randn(d_h, d_out, dtype=dtype)
    return x, y, w1, w2
