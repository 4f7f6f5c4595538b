# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    raise NotImplementedError()
