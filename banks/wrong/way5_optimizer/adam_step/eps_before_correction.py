# mistake: eps-before-correction
# note: eps joins the root of v before the correction divides

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    step_size = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)
    param.addcdiv_(m, v.sqrt().add_(eps), value=-step_size)
