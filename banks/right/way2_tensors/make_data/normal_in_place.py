# note: empty tensors filled by normal_


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = torch.empty(n, d_in, dtype=dtype, device=device).normal_()
    y = torch.empty(n, d_out, dtype=dtype, device=device).normal_()
    w1 = torch.empty(d_in, d_h, dtype=dtype, device=device).normal_(0, 1)
    w2 = torch.empty(d_h, d_out, dtype=dtype, device=device).normal_(mean=0.0, std=1.0)
    return x, y, w1, w2
