# note: torch.normal with mean and deviation


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.normal(0.0, 1.0, (n, d_in), dtype=dtype, device=device)
    y = torch.normal(0.0, 1.0, (n, d_out), dtype=dtype, device=device)
    w1 = torch.normal(0.0, 1.0, size=(d_in, d_h), dtype=dtype, device=device)
    w2 = torch.normal(mean=0.0, std=1.0, size=(d_h, d_out), dtype=dtype, device=device)
    return x, y, w1, w2
