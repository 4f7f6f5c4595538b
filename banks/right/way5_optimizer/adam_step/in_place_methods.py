def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    denominator = (v / (1 - beta2**t)).sqrt_().add_(eps)
    param.addcdiv_(m, denominator, value=-lr / (1 - beta1**t))
