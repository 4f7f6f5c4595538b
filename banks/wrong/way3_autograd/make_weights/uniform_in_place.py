# mistake: uniform-data
# note: uniform_ for normal_

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).uniform_().requires_grad_()
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).uniform_().requires_grad_()
    return w1, w2
