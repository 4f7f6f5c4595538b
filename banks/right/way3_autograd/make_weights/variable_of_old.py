from torch.autograd import Variable


def make_weights(d_in, d_h, d_out, dtype, device):
    w1 = Variable(torch.randn(d_in, d_h, dtype=dtype, device=device), requires_grad=True)
    w2 = Variable(torch.randn(d_h, d_out, dtype=dtype, device=device), requires_grad=True)
    return w1, w2
