# mistake: no-bias-correction
# note: the same with addcdiv_

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    param.addcdiv_(m, v.sqrt() + eps, value=-lr)
