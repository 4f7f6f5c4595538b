# note: drawn on the CPU with the default dtype, moved afterwards


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in).to(dtype).to(device)
    y = torch.randn(n, d_out).to(dtype).to(device)
    w1 = torch.randn(d_in, d_h).to(device, dtype)
    w2 = torch.randn(d_h, d_out).to(device=device, dtype=dtype)
    return x, y, w1, w2
