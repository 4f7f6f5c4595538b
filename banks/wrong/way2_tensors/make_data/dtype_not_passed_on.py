# mistake: dtype-ignored
# note: dtype is an argument, but never used


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, device=device)
    y = torch.randn(n, d_out, device=device)
    w1 = torch.randn(d_in, d_h, device=device)
    w2 = torch.randn(d_h, d_out, device=device)
    return x, y, w1, w2
