# mistake: constant-weights
# note: one column, repeated for every hidden unit

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, 1, dtype=dtype, device=device).repeat(1, d_h).requires_grad_()
    w2 = torch.randn(1, d_out, dtype=dtype, device=device).repeat(d_h, 1).requires_grad_()
    return w1, w2
