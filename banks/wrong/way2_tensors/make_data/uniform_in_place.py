# mistake: uniform-data
# note: uniform_ fills from 0 to 1


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    x, y, w1, w2 = [torch.empty(s, dtype=dtype, device=device).uniform_() for s in shapes]
    return x, y, w1, w2
