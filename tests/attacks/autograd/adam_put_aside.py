# attack: let torch's Adam take the step that is to be written by hand
# place: way5_optimizer.adam_step
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch

from torch.optim import Adam
from torch.optim.adam import adam as functional


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    step = torch.tensor(float(t - 1))
    functional(
        [param],
        [grad],
        [m],
        [v],
        [],
        [step],
        amsgrad=False,
        beta1=beta1,
        beta2=beta2,
        lr=lr,
        weight_decay=0.0,
        eps=eps,
        maximize=False,
    )
