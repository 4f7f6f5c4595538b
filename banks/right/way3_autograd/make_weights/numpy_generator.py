def make_weights(d_in, d_h, d_out, dtype, device):
    rng = np.random.default_rng()
    w1 = torch.from_numpy(rng.standard_normal((d_in, d_h))).to(device, dtype).requires_grad_()
    w2 = torch.from_numpy(rng.standard_normal((d_h, d_out))).to(device, dtype).requires_grad_()
    return w1, w2
