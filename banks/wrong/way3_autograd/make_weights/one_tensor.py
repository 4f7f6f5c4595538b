# mistake: too-few-results
# note: only the first weight comes back

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    return w1
