# note: m moves a fraction of the way towards grad

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m += (1 - beta1) * (grad - m)
    v += (1 - beta2) * (grad * grad - v)
    param += -lr * m / (1 - beta1**t) / (eps + torch.sqrt(v / (1 - beta2**t)))
