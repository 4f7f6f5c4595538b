# note: scaled on purpose; the spread is free

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = (torch.randn(d_in, d_h, dtype=dtype, device=device) / d_in**0.5).requires_grad_()
    w2 = (torch.randn(d_h, d_out, dtype=dtype, device=device) / d_h**0.5).requires_grad_()
    return w1, w2
