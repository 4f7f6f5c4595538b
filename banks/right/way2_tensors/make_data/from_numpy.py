# note: drawn by NumPy, as in the first way, then turned into tensors


def make_data(n, d_in, d_h, d_out, dtype, device):
    rng = np.random.default_rng()

    def draw(*shape):
        return torch.from_numpy(rng.standard_normal(shape)).to(dtype=dtype, device=device)

    return draw(n, d_in), draw(n, d_out), draw(d_in, d_h), draw(d_h, d_out)
