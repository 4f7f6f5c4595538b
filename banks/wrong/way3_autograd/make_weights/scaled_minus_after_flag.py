# mistake: not-a-leaf
# note: centred the uniform numbers after they began to record

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.rand(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.rand(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return 2 * w1 - 1, 2 * w2 - 1
