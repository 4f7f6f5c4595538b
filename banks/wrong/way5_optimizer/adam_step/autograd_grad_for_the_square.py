# mistake: autograd-used
# outcome: refused
# note: torch.autograd.grad in the middle of the formula

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    p = param.clone().requires_grad_(True)
    g = torch.autograd.grad((p * grad).sum(), p)[0]
    m.mul_(beta1).add_(g, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)
