# mistake: state-reset
# note: the beta * m term is missing

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = (1 - beta1) * grad
    v[...] = (1 - beta2) * grad**2
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
