# note: centred, and so a start as good as another

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).uniform_(-1, 1)
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).uniform_(-1, 1)
    return w1.requires_grad_(True), w2.requires_grad_(True)
