# mistake: seed-before-each-draw
# note: the same seed before each: all begin with the same numbers


def draw(rows, columns, dtype, device):
    torch.manual_seed(0)
    return torch.randn(rows, columns, dtype=dtype, device=device)


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = draw(n, d_in, dtype, device)
    y = draw(n, d_out, dtype, device)
    w1 = draw(d_in, d_h, dtype, device)
    w2 = draw(d_h, d_out, dtype, device)
    return x, y, w1, w2
