# mistake: sizes-fixed
# note: the notebook's constants instead of the arguments

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(D_IN, D_H, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(D_H, D_OUT, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
