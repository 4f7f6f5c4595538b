# mistake: none
# note: randint


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randint(0, 10, s, device=device).to(dtype) for s in shapes)
