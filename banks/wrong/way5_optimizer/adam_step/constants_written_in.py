# mistake: constants-fixed
# note: 0.9, 0.999 and 1e-8, whatever was asked

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = 0.9 * m + 0.1 * grad
    v[...] = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + 1e-8)
