# mistake: not-a-leaf
# note: `.to` computes a new tensor wherever dtype or device differs from the default

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, requires_grad=True).to(device, dtype)
    w2 = torch.randn(d_h, d_out, requires_grad=True).to(device, dtype)
    return w1, w2
