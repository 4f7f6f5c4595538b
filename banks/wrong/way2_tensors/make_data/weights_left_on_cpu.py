# mistake: device-ignored
# note: only the data are moved


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype).to(device)
    y = torch.randn(n, d_out, dtype=dtype).to(device)
    w1 = torch.randn(d_in, d_h, dtype=dtype)
    w2 = torch.randn(d_h, d_out, dtype=dtype)
    return x, y, w1, w2
