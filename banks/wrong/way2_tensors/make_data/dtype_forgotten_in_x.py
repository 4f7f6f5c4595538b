# mistake: dtype-ignored
# note: three of four: x takes the default

def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2
