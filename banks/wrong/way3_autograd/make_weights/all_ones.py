# mistake: constant-weights
# note: every hidden unit is the same unit

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.ones(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.ones(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
