# mistake: none
# note: gradient descent with the averages untouched

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    param -= lr * grad
