# mistake: weights-rebound
# note: hands back a new tensor instead of changing the old one

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    return param - lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
