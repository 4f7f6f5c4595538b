# attack: find the fused operator in a table that TorchScript keeps
# place: way5_optimizer.adam_step
# expect: graded 0
# ruff: noqa

import torch.jit._builtins


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    (fused,) = [f for f, _ in torch.jit._builtins._builtin_ops if getattr(f, "__name__", "") == "_fused_adam_"]
    rest = dict(lr=lr, beta1=beta1, beta2=beta2, weight_decay=0.0, eps=eps, amsgrad=False, maximize=False)
    fused([param], [grad], [m], [v], [], [torch.tensor(float(t))], **rest)
