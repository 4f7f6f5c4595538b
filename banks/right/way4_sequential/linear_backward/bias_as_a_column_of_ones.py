# note: the bias is the weight of an input that is always 1

def linear_backward(x, weight, grad_out):
    ones = torch.ones_like(x[:, :1])
    both = grad_out.mT @ torch.cat([x, ones], dim=1)
    return grad_out @ weight, both[:, :-1], both[:, -1]
