# note: one long


def make_data(n, d_in, d_h, d_out, dtype, device):
    k = n * d_in + n * d_out + d_in * d_h + d_h * d_out
    z = torch.randn(k, dtype=dtype, device=device)
    a, b, c, d = z.split([n * d_in, n * d_out, d_in * d_h, d_h * d_out])
    return a.view(n, d_in), b.view(n, d_out), c.view(d_in, d_h), d.view(d_h, d_out)
