# attack: let overloads of the operators that autograd is made of compute the derivatives
# place: way4_sequential.linear_backward
# expect: graded 0
# outcome: refused
# ruff: noqa

from torch.utils.flop_counter import aten


def linear_backward(x, weight, grad_out):
    out = aten.convolution_backward.default(
        grad_out[:, :, None].contiguous(),
        x[:, :, None].contiguous(),
        weight[:, :, None].contiguous(),
        [len(weight)],
        [1],
        [0],
        [1],
        False,
        [0],
        1,
        [True, True, True],
    )
    return out[0][:, :, 0].clone(), out[1][:, :, 0].clone(), out[2]
