# mistake: one-bias-uncorrected
# note: v_hat is there, the root is taken of v

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad * grad
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param.addcdiv_(m_hat, v.sqrt().add(eps), value=-lr)
