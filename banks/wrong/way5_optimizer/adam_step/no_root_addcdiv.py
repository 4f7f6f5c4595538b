# mistake: no-square-root
# note: the same with addcdiv_

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), v / (1 - beta2**t) + eps, value=-lr)
