# mistake: grad-changed
# note: cleans up as zero_grad does

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    grad.zero_()
