# mistake: t-off-by-one
# outcome: crashed
# note: t - 1: a division by zero at the first step

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    t = t - 1
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    scale = lr / (1 - beta1**t)
    param -= scale * m / ((v / (1 - beta2**t)).sqrt() + eps)
