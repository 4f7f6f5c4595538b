# mistake: lr-ignored
# note: 1e-4 of the text

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= 1e-4 * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
