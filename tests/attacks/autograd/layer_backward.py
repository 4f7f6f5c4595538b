# attack: the gradient of a layer by autograd, put aside where autograd is allowed
# place: way4_sequential.linear_backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch

grad = torch.autograd.grad
run = torch.autograd.graph._engine_run_backward


def linear_backward(x, weight, grad_out):
    x, weight = (t.detach().clone().requires_grad_() for t in (x, weight))
    bias = torch.zeros(len(weight), dtype=x.dtype, requires_grad=True)
    out = torch.nn.functional.linear(x, weight, bias)
    return run((out,), (grad_out,), False, False, (x, weight, bias), True, accumulate_grad=False)
