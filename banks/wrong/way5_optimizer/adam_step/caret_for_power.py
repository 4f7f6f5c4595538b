# mistake: caret-not-power
# outcome: crashed
# note: ^ is not a power in Python

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1 ^ t)
    v_hat = v / (1 - beta2 ^ t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
