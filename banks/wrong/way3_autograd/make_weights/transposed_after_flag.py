# mistake: not-a-leaf
# note: the view remembers where it came from

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device, requires_grad=True).t()
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device, requires_grad=True).t()
    return w1, w2
