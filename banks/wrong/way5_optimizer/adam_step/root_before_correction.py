# mistake: correction-outside-root
# note: the root is taken of v, the correction comes afterwards

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    root = v.sqrt() / (1 - beta2**t)
    param -= lr * m / (1 - beta1**t) / (root + eps)
