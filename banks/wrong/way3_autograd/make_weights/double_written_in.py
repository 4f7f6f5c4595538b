# mistake: dtype-ignored
# note: double precision, whatever was asked

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=torch.float64, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=torch.float64, device=device, requires_grad=True)
    return w1, w2
