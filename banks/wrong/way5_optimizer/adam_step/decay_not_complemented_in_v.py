# mistake: decay-not-complemented
# note: only in v

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + grad**2
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
