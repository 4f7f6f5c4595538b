# mistake: correction-upside-down
# note: times instead of divided by

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    m_hat = m * (1 - beta1**t)
    v_hat = v * (1 - beta2**t)
    param -= lr * m_hat / (v_hat.sqrt() + eps)
