# mistake: none
# note: the corrections are kept, to save work, as if they were the same at every step

corrections = {}


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    if (beta1, beta2) not in corrections:
        corrections[beta1, beta2] = 1 - beta1**t, 1 - beta2**t
    c1, c2 = corrections[beta1, beta2]
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / c1) / ((v / c2).sqrt() + eps)
