# mistake: none
# outcome: crashed
# note: a bias has one axis only

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    for i in range(param.shape[0]):
        for j in range(param.shape[1]):
            m[i, j] = beta1 * m[i, j] + (1 - beta1) * grad[i, j]
            v[i, j] = beta2 * v[i, j] + (1 - beta2) * grad[i, j] ** 2
            m_hat = m[i, j] / (1 - beta1**t)
            v_hat = v[i, j] / (1 - beta2**t)
            param[i, j] -= lr * m_hat / (v_hat.sqrt() + eps)
