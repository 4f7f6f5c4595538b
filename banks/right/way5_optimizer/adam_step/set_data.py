# note: the caller's tensors get other numbers by .data

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.data = beta1 * m + (1 - beta1) * grad
    v.data = beta2 * v + (1 - beta2) * grad**2
    param.data = param - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps)
