# mistake: none
# outcome: crashed
# note: dtype given by position, as if it were a size


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype, device)
    y = torch.randn(n, d_out, dtype, device)
    w1 = torch.randn(d_in, d_h, dtype, device)
    w2 = torch.randn(d_h, d_out, dtype, device)
    return x, y, w1, w2
