# note: the shape as one tuple, dtype and device in a dictionary


def make_data(n, d_in, d_h, d_out, dtype, device):
    kind = {"dtype": dtype, "device": device}
    shapes = (n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)
    return tuple(torch.randn(shape, **kind) for shape in shapes)
