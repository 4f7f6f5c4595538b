# mistake: array-not-tensor
# note: tensors, turned into arrays when returned


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn(s, dtype=dtype).numpy() for s in shapes)
