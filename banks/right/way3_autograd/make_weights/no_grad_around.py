# note: no_grad does not switch off the flag of a factory

def make_weights(d_in, d_h, d_out, dtype, device):
    with torch.no_grad():
        w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
        w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
