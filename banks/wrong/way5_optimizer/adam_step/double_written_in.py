# mistake: none
# outcome: crashed
# note: lerp with a float64 gradient; fails beside float32


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad.double(), 1 - beta1)
    v.lerp_(grad.double() ** 2, 1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps)
