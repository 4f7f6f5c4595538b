# mistake: decay-not-complemented
# note: momentum as SGD has it

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
