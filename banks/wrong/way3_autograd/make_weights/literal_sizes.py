# mistake: sizes-fixed
# note: numbers copied from the text

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(1000, 100, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(100, 10, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
