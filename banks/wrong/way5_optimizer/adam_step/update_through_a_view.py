# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    step = (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps)
    param.view(-1).sub_(lr * step.reshape(-1))
