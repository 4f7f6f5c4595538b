# mistake: order-of-results
# note: w2, w1

def make_weights(d_in, d_h, d_out, dtype, device):
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    return w2, w1
