# note: the same formula multiplied through; eps is scaled along
import math


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    root = math.sqrt(1 - math.pow(beta2, t))
    step_size = lr * root / (1 - math.pow(beta1, t))
    param -= step_size * m / (v.sqrt() + eps * root)
