# mistake: none
# note: y is x


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return x, x[:, :d_out], w1, w2
