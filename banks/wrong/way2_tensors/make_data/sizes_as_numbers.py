# mistake: sizes-fixed
# note: 64, 1000, 100, 10


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(64, 1000, dtype=dtype, device=device)
    y = torch.randn(64, 10, dtype=dtype, device=device)
    w1 = torch.randn(1000, 100, dtype=dtype, device=device)
    w2 = torch.randn(100, 10, dtype=dtype, device=device)
    return x, y, w1, w2
