# mistake: device-ignored
# note: only w1 goes where it was asked to

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device).requires_grad_()
    w2 = torch.randn(d_h, d_out, dtype=dtype).requires_grad_()
    return w1, w2
