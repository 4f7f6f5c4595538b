def make_weights(d_in, d_h, d_out, dtype, device):
    a = np.random.randn(d_in, d_h)
    b = np.random.randn(d_h, d_out)
    w1 = torch.tensor(a, dtype=dtype, device=device, requires_grad=True)
    w2 = torch.tensor(b, dtype=dtype, device=device, requires_grad=True)
    return w1, w2
