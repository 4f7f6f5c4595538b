# mistake: autograd-used
# outcome: refused
# note: a loss whose gradient is grad, so that backward can be called

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    p = param.detach().clone().requires_grad_()
    (p * grad).sum().backward()
    m[...] = beta1 * m + (1 - beta1) * p.grad
    v[...] = beta2 * v + (1 - beta2) * p.grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
