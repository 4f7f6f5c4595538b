# mistake: none
# note: all of the second way's make_data

def make_weights(d_in, d_h, d_out, dtype, device):
    x = torch.randn(64, d_in, dtype=dtype, device=device)
    w1 = torch.randn(d_in, d_h, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.randn(d_h, d_out, dtype=dtype, device=device, requires_grad=True)
    return x, w1, w2
