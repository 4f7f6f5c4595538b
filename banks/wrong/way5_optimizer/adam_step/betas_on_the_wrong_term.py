# mistake: decay-swapped
# note: beta for the new gradient

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_((1 - beta1) * m + beta1 * grad)
    v.copy_((1 - beta2) * v + beta2 * grad * grad)
    param -= lr * m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)
