# note: asks which device it has


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    out = [torch.randn(s, dtype=dtype) for s in shapes]
    if device.type == "cuda":
        out = [t.cuda() for t in out]
    return out
