# mistake: v-from-m
# note: the same with addcmul_

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.mul_(beta2).addcmul_(m, m, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)
