def make_weights(d_in, d_h, d_out, dtype, device):
    kw = {"dtype": dtype, "device": device}
    return torch.randn(d_in, d_h, **kw).requires_grad_(), torch.randn(d_h, d_out, **kw).requires_grad_(True)
