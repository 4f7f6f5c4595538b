# mistake: same-beta-twice
# note: copied the line of m for v and left beta1 standing

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta1 * v + (1 - beta1) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta1**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
