# mistake: weights-transposed
# note: only w2

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_out, d_h, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
