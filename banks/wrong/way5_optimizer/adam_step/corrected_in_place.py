# mistake: corrected-in-place
# note: the correction is kept in m and v; the next step starts from too large averages

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    m /= 1 - beta1**t
    v /= 1 - beta2**t
    param -= lr * m / (v.sqrt() + eps)
