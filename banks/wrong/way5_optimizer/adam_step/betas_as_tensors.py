# mistake: dtype-changed
# note: tensors made of the betas take the default dtype, and lose digits

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    b1, b2 = torch.tensor(beta1, dtype=torch.float32), torch.tensor(beta2, dtype=torch.float32)
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + eps)
