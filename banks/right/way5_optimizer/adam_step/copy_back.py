def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    new_m = beta1 * m + (1 - beta1) * grad
    new_v = beta2 * v + (1 - beta2) * grad.pow(2)
    m.copy_(new_m)
    v.copy_(new_v)
    bias1, bias2 = 1 - beta1**t, 1 - beta2**t
    param.copy_(param - lr * (new_m / bias1) / (torch.sqrt(new_v / bias2) + eps))
