# mistake: corrected-in-place
# note: m_hat = m is a second name, not a copy

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    m_hat, v_hat = m, v
    m_hat /= 1 - beta1**t
    v_hat /= 1 - beta2**t
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
