# note: w1 is a non-contiguous leaf

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_h, d_in, dtype=dtype, device=device).t().requires_grad_()
    w2 = torch.randn_like(torch.empty(d_h, d_out, dtype=dtype, device=device), requires_grad=True)
    return w1, w2
