# note: computed with history, then cut loose and made a leaf once more

def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = torch.randn(d_in, d_h, requires_grad=True).to(dtype).to(device)
    w2 = torch.randn(d_h, d_out, requires_grad=True).to(dtype).to(device)
    w1 = w1.detach().requires_grad_()
    w2 = w2.detach().requires_grad_()
    return w1, w2
