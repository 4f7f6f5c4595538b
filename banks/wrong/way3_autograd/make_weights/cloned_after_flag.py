# mistake: not-a-leaf
# note: a clone is a computed tensor

def make_weights(d_in, d_h, d_out, dtype, device):
    a = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    b = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return a.clone(), b.clone()
