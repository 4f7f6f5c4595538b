@torch.no_grad()
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    """One step."""
    torch.Tensor.mul_(m, beta1)
    m.add_(grad * (1 - beta1))
    v.mul_(beta2)
    v.add_(grad.abs().pow(2) * (1 - beta2))
    param.sub_(m.div(1 - beta1**t).div(v.div(1 - beta2**t).sqrt().add(eps)).mul(lr))
