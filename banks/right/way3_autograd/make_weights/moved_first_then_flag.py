def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h).to(device=device, dtype=dtype)
    w2 = torch.randn(d_h, d_out).to(device=device, dtype=dtype)
    w1.requires_grad_()
    w2.requires_grad_()
    return w1, w2
