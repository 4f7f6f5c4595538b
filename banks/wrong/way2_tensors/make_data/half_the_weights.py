# mistake: dtype-ignored
# note: half the weights


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return x, y, w1.float(), w2.float()
