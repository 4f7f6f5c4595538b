# mistake: decay-not-complemented
# note: the same with methods

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad)
    v.mul_(beta2).addcmul_(grad, grad)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)
