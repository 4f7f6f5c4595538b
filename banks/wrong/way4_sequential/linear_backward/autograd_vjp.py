# mistake: autograd-used
# outcome: refused
# note: torch.func.vjp
from torch.func import vjp


def linear_backward(x, weight, grad_out):
    b = torch.zeros_like(grad_out[0])
    _, pull_back = vjp(torch.nn.functional.linear, x, weight, b)
    return pull_back(grad_out)
