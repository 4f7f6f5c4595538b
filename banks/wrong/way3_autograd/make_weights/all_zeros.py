# mistake: weights-zero
# note: starts at nothing

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.zeros((d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.zeros((d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    return w1, w2
