# mistake: none
# outcome: crashed
# note: the argument `device` is not used

def make_data(n, d_in, d_h, d_out, dtype, device):
    return tuple(torch.randn(a, b, dtype=dtype).cuda() for a, b in [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)])
