# mistake: no-requires-grad
# note: requires_grad_ without parentheses does nothing

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device)
    w1.requires_grad_
    w2.requires_grad_
    return w1, w2
