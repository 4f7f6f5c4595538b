# note: tensor of numpy


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.tensor(np.random.standard_normal(s), dtype=dtype, device=device) for s in shapes)
