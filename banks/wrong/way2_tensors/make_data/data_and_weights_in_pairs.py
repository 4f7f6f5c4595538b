# mistake: order-of-results
# note: returned as x, w1, y, w2


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=dtype, device=device)
    y = torch.randn(n, d_out, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return x, w1, y, w2
