# mistake: order-of-results
# note: results weights first


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, device=device, dtype=dtype) for s in shapes]
    return w1, w2, x, y
