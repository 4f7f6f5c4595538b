# note: torch.tensor of the old NumPy names


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.tensor(np.random.randn(n, d_in), dtype=dtype, device=device)
    y = torch.tensor(np.random.randn(n, d_out), dtype=dtype, device=device)
    w1 = torch.tensor(np.random.randn(d_in, d_h), dtype=dtype, device=device)
    w2 = torch.tensor(np.random.randn(d_h, d_out), dtype=dtype, device=device)
    return x, y, w1, w2
