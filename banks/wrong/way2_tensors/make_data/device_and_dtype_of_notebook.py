# mistake: global-not-argument
# note: DEVICE and DTYPE in capitals are the notebook's


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, dtype=DTYPE, device=DEVICE)
    y = torch.randn(n, d_out, dtype=DTYPE, device=DEVICE)
    w1 = torch.randn(d_in, d_h, dtype=DTYPE, device=DEVICE)
    w2 = torch.randn(d_h, d_out, dtype=DTYPE, device=DEVICE)
    return x, y, w1, w2
