# mistake: no-requires-grad
# note: a new attribute of that name is made, silently

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    w1.require_grad = True
    w2.require_grad = True
    return w1, w2
