def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[:] = m * beta1 + grad * (1.0 - beta1)
    v[:] = v * beta2 + grad * grad * (1.0 - beta2)
    param.data -= (m.data / (1 - beta1**t)) / (v.data / (1 - beta2**t)).sqrt().add(eps) * lr
