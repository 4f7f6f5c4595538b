def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    power1 = power2 = 1.0
    for _ in range(t):
        power1 *= beta1
        power2 *= beta2
    m.sub_((1 - beta1) * (m - grad))
    v.sub_((1 - beta2) * (v - grad**2))
    m_hat, v_hat = m / (1 - power1), v / (1 - power2)
    param -= lr * m_hat / (v_hat.sqrt() + eps)
    return None
