# mistake: optimizer-not-by-hand
# outcome: refused
# note: torch.optim.Adam takes the step; m and v stay as they were

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    param.grad = grad
    torch.optim.Adam([param], lr=lr, betas=(beta1, beta2), eps=eps).step()
    param.grad = None
