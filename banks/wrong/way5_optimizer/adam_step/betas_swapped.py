# mistake: betas-swapped
# note: beta2 for m and beta1 for v, everywhere

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta2 * m + (1 - beta2) * grad
    v[...] = beta1 * v + (1 - beta1) * grad**2
    m_hat = m / (1 - beta2**t)
    v_hat = v / (1 - beta1**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
