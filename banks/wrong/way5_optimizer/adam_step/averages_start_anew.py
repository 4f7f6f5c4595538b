# mistake: state-reset
# note: zeros at each call, then written back

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.zero_()
    v.zero_()
    m.add_(grad, alpha=1 - beta1)
    v.addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
