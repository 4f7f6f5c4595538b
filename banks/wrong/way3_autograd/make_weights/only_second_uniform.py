# mistake: uniform-data
# note: w1 is drawn right, w2 with a letter missing

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
