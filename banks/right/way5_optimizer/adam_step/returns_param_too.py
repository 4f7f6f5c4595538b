# note: hands back what it changed; nobody has to use it

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_(torch.lerp(m, grad, 1 - beta1))
    v.copy_(torch.lerp(v, grad * grad, 1 - beta2))
    m_hat = m.clone()
    v_hat = v.clone()
    m_hat /= 1 - beta1**t
    v_hat /= 1 - beta2**t
    param -= lr * m_hat / (v_hat.sqrt() + eps)
    return param, m, v
