# mistake: dtype-ignored
# note: the original's torch.float, whatever was asked

def make_weights(d_in, d_h, d_out, dtype, device):
    kind = torch.float
    w1 = torch.randn(d_in, d_h, dtype=kind, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=kind, device=device, requires_grad=True)
    return w1, w2
