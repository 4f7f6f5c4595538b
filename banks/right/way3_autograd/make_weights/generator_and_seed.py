# note: seeds for itself

def make_weights(d_in, d_h, d_out, dtype, device):
    torch.manual_seed(42)
    pair = [torch.randn(a, b, dtype=dtype).to(device) for a, b in ((d_in, d_h), (d_h, d_out))]
    for w in pair:
        w.requires_grad = True
    return tuple(pair)
