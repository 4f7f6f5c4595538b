# mistake: root-in-place
# note: sqrt_ with an underscore: v keeps the root

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    root = v.sqrt_() / (1 - beta2**t) ** 0.5
    param -= lr * (m / (1 - beta1**t)) / (root + eps)
