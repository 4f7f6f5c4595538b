
def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.empty((d_in, d_h), dtype=dtype, device=device, requires_grad=True)
    w2 = torch.empty((d_h, d_out), dtype=dtype, device=device, requires_grad=True)
    torch.nn.init.kaiming_normal_(w1)
    torch.nn.init.xavier_uniform_(w2)
    return w1, w2
