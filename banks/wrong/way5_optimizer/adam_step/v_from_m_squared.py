# mistake: v-from-m
# note: m ** 2 where grad ** 2 belongs

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * m**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
