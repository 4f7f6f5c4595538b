# mistake: no-requires-grad
# note: copied from the second way

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    return w1, w2
