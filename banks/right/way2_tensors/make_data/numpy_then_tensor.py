# note: numpy then tensor


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return [torch.from_numpy(np.random.randn(*s)).to(device=device, dtype=dtype) for s in shapes]
