# mistake: weights-transposed
# note: only w1

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn((d_h, d_in), dtype=dtype, device=device).requires_grad_()
    w2 = torch.randn((d_h, d_out), dtype=dtype, device=device).requires_grad_()
    return w1, w2
