# note: a list of two instead of a tuple

def make_weights(d_in, d_h, d_out, dtype, device):
    shapes = [(d_in, d_h), (d_h, d_out)]
    return [torch.randn(s, dtype=dtype, device=device, requires_grad=True) for s in shapes]
