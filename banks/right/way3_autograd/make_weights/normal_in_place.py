def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).normal_()
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).normal_()
    return w1.requires_grad_(), w2.requires_grad_()
