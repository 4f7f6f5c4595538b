# attack: let one overload of the fused operator take Adam's step
# place: way5_optimizer.adam_step
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    torch.ops.aten._fused_adam_.default(
        [param],
        [grad],
        [m],
        [v],
        [],
        [torch.tensor(float(t))],
        lr=lr,
        beta1=beta1,
        beta2=beta2,
        weight_decay=0.0,
        eps=eps,
        amsgrad=False,
        maximize=False,
    )
