# mistake: device-ignored
# note: stays on the CPU wherever it was asked to live; the meta device shows it

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, dtype=dtype, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, requires_grad=True)
    return w1, w2
