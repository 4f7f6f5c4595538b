# note: torch.tensor(tensor) writes a warning; the weights are right all the same

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.tensor(torch.randn(d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.tensor(torch.randn(d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    return w1, w2
