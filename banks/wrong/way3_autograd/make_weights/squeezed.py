# mistake: none
# note: squeeze takes away every axis of length 1

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(1, d_in, d_h, dtype=dtype, device=device).squeeze().requires_grad_()
    w2 = torch.randn(1, d_h, d_out, dtype=dtype, device=device).squeeze().requires_grad_()
    return w1, w2
