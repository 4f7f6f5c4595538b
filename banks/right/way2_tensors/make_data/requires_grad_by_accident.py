# note: requires grad by accident


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.randn(s, dtype=dtype, device=device) for s in shapes]
    w1.requires_grad_()
    w2.requires_grad_()
    return x, y, w1, w2
