# mistake: batch-axis-last
# note: one sample per column


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(d_in, n, dtype=dtype, device=device)
    y = torch.randn(d_out, n, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, y, w1, w2
