# mistake: momentum-not-used
# note: m is kept and not used: grad itself in the step

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    v_hat = v / (1 - beta2**t)
    param -= lr * grad / (torch.sqrt(v_hat) + eps)
