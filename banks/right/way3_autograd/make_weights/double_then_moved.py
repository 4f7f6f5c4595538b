# note: drawn in double precision, moved, then told to record

def make_weights(d_in, d_h, d_out, dtype, device):
    def one(rows, columns):
        numbers = np.random.default_rng(0).normal(size=(rows, columns))
        return torch.as_tensor(numbers, dtype=dtype, device=device).requires_grad_()

    return one(d_in, d_h), one(d_h, d_out)
