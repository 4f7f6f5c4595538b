# mistake: grad-changed
# note: grad *= (1 - beta1), and v then sees the small one

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    grad *= 1 - beta1
    m.mul_(beta1).add_(grad)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
