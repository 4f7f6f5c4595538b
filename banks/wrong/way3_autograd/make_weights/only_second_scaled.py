# mistake: not-a-leaf
# note: one of the two is no leaf

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True) / d_h**0.5
    return w1, w2
