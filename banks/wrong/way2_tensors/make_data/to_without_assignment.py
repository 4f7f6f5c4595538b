# mistake: dtype-ignored
# note: .to gives a new tensor, and nobody keeps it


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.randn(n, d_in, device=device)
    y = torch.randn(n, d_out, device=device)
    w1 = torch.randn(d_in, d_h, device=device)
    w2 = torch.randn(d_h, d_out, device=device)
    for tensor in (x, y, w1, w2):
        tensor.to(dtype)
    return x, y, w1, w2
