# mistake: state-reset
# note: m in place, v not

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    param -= lr * m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)
