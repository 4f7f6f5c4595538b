# mistake: sizes-fixed
# note: the sizes in capitals are the notebook's


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(N, D_IN, dtype=dtype, device=device)
    y = torch.randn(N, D_OUT, dtype=dtype, device=device)
    w1 = torch.randn(D_IN, D_H, dtype=dtype, device=device)
    w2 = torch.randn(D_H, D_OUT, dtype=dtype, device=device)
    return x, y, w1, w2
