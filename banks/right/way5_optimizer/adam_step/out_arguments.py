def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    torch.add(beta1 * m, grad, alpha=1 - beta1, out=m)
    torch.add(beta2 * v, torch.mul(grad, grad), alpha=1 - beta2, out=v)
    step = torch.div(m / (1 - beta1**t), torch.sqrt(v / (1 - beta2**t)) + eps)
    torch.sub(param, step, alpha=lr, out=param)
