# mistake: dtype-ignored
# note: half of the digits, to save memory

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, device=device).half().requires_grad_()
    w2 = torch.randn(d_h, d_out, device=device).half().requires_grad_()
    return w1, w2
