# note: scaled in place while nothing is recorded: still a leaf

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    with torch.no_grad():
        w1 *= 0.1
        w2.mul_(0.1)
    return w1, w2
