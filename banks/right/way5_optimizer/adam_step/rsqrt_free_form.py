def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    correction1 = 1 - beta1 ** int(t)
    correction2 = 1 - beta2 ** int(t)
    denominator = torch.sqrt(v) / correction2**0.5 + eps
    param.add_(m / denominator, alpha=-lr / correction1)
