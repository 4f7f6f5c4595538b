# mistake: device-ignored
# note: chooses the device anew


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return tuple(torch.randn(s, dtype=dtype, device=device) for s in shapes)
